import { execFile } from "node:child_process";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { LabError } from "../problem";

const run = promisify(execFile);

/** What an image runs, and as what it is known. */
export interface ImageConfig {
  /** Program and first arguments. */
  readonly entrypoint: readonly string[];
  /** Labels. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Builds images with buildah, in a store of its own that nothing else uses. */
export class Buildah {
  private readonly policy: string;
  private readonly log: string;
  private readonly env: NodeJS.ProcessEnv;

  /**
   * @param folder Folder for the store.
   * @param log File for what buildah says.
   */
  constructor(folder: string, log: string) {
    this.log = log;
    mkdirSync(folder, { recursive: true });
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const store = `[storage]\ndriver = "vfs"\ngraphroot = ${JSON.stringify(join(folder, "store"))}\nrunroot = ${JSON.stringify(join(folder, "run"))}\n`;
    this.env = {
      ...process.env,
      CONTAINERS_STORAGE_CONF: file("storage.conf", store),
      CONTAINERS_REGISTRIES_CONF: file("registries.conf", ""),
      CONTAINERS_CONF: file("containers.conf", ""),
      XDG_RUNTIME_DIR: join(folder, "run"),
      TMPDIR: folder,
    };
    const policy = file(
      "policy.json",
      JSON.stringify({ default: [{ type: "insecureAcceptAnything" }] }),
    );
    this.policy = `--signature-policy=${policy}`;
  }

  /** Makes an image of a folder's content over another image, or over nothing. */
  async build(from: string, content: string | undefined, config: ImageConfig): Promise<string> {
    const container = await this.buildah("from", "--pull-never", from);
    if (content !== undefined) await this.buildah("copy", "--quiet", container, content, "/");
    await this.buildah(
      ...["config", "--user", "65532:65532", "--workingdir", "/"],
      ...["--env", "PATH=/usr/local/bin:/usr/bin:/bin"],
      ...["--entrypoint", JSON.stringify(config.entrypoint)],
      ...Object.entries(config.labels).flatMap(([key, value]) => ["--label", `${key}=${value}`]),
      container,
    );
    // A fixed time: the same content gives the same digest on every machine with the same Node.
    return await this.buildah(
      "commit",
      "--quiet",
      "--rm",
      "--timestamp",
      "0",
      this.policy,
      container,
    );
  }

  /** Pushes an image to a registry without TLS on loopback. */
  async push(image: string, target: string): Promise<void> {
    await this.buildah(
      "push",
      "--quiet",
      "--tls-verify=false",
      this.policy,
      image,
      `docker://${target}`,
    );
  }

  private async buildah(...args: readonly string[]): Promise<string> {
    appendFileSync(this.log, `$ buildah ${args.join(" ")}\n`);
    try {
      const { stdout, stderr } = await run("buildah", [...args], { env: this.env });
      appendFileSync(this.log, stderr);
      return stdout.trim();
    } catch (error) {
      appendFileSync(this.log, String((error as { readonly stderr?: string }).stderr ?? error));
      throw new LabError(
        `buildah ${args[0] ?? ""} failed.`,
        "The log says why; LAB_NODE=kwok needs no images.",
        this.log,
      );
    }
  }
}
