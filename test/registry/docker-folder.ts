import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A user's Docker configuration in a folder of its own, and programs on the PATH; the variables say so until it ends. */
export class DockerFolder {
  readonly path = mkdtempSync(join(tmpdir(), "mcp-fleet-docker-"));
  private readonly before = { DOCKER_CONFIG: process.env.DOCKER_CONFIG, PATH: process.env.PATH };

  constructor() {
    process.env.DOCKER_CONFIG = this.path;
    process.env.PATH = `${this.path}${delimiter}${this.before.PATH ?? ""}`;
  }

  /** Writes config.json. */
  config(content: object | string): void {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(join(this.path, "config.json"), text);
  }

  /** Puts docker-credential-<name> on the PATH; it keeps what it is asked. */
  helper(name: string, answer: object | string, code = 0): void {
    const file = join(this.path, `docker-credential-${name}`);
    const text = typeof answer === "string" ? answer : JSON.stringify(answer);
    writeFileSync(join(this.path, `${name}.answer`), text);
    writeFileSync(
      file,
      `#!/bin/sh\necho "$1 $(cat)" >>"${this.path}/${name}.asked"\ncat "${this.path}/${name}.answer"\nexit ${code}\n`,
    );
    chmodSync(file, 0o755);
  }

  /** What a helper was asked, one line a question. */
  asked(name: string): readonly string[] {
    const file = join(this.path, `${name}.asked`);
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  }

  /** Takes the folder away and puts the variables back. */
  end(): void {
    for (const [name, value] of Object.entries(this.before))
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A login as `docker login` writes it. */
export function login(username: string, password: string): { readonly auth: string } {
  return { auth: Buffer.from(`${username}:${password}`).toString("base64") };
}
