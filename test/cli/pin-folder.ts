import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { changed } from "../catalog/catalogue-folder";
import { HttpServer } from "../registry/http-server";
import type { ServerKeys } from "../registry/http-server";
import { served } from "../registry/images";
import type { TestManifest } from "../registry/images";
import { mcpFleetMeanwhile } from "./command";
import type { Ran } from "./command";

/** An entry that runs an image. */
export function entryOf(name: string, image: string): string {
  return changed("ghcr.io/stackloklabs/osv-mcp/server:0.1.2", image).replace(
    "name: osv",
    `name: ${name}`,
  );
}

/** A server of tags, named by `repository:tag`; what it has not is not found. */
export async function tagServer(
  tags: Readonly<Record<string, TestManifest>>,
  keys?: ServerKeys,
): Promise<HttpServer> {
  return await HttpServer.start(({ url }) => {
    const [, repository = "", tag = ""] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url) ?? [];
    const manifest = tags[`${repository}:${tag}`];
    return manifest ? served(manifest) : { status: 404 };
  }, keys);
}

/** A folder with files, in which `mcp-fleet pin` runs as a user without logins. */
export class PinFolder {
  readonly path = mkdtempSync(join(tmpdir(), "mcp-fleet-pin-"));

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), text);
    }
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }

  async pin(...args: readonly string[]): Promise<Omit<Ran, "seconds">> {
    return await this.pinWith({}, ...args);
  }

  async pinWith(
    env: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<Omit<Ran, "seconds">> {
    const own = { DOCKER_CONFIG: join(this.path, "docker"), ...env };
    return await mcpFleetMeanwhile(this.path, own, "pin", ...args);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
