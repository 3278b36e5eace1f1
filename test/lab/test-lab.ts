import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { Pulumi, labStack } from "../../lab/pulumi";
import { Api } from "../../lab/run/api";
import { isRunning } from "../../lab/run/pid";
import { markVariable } from "../../lab/run/process";
import { project } from "../../lab/settings";

/** What a command of the lab gave. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly seconds: number;
}

/** A lab in a folder of its own, driven as a person drives it: by the commands of the Makefile. */
export class TestLab {
  readonly folder: string;
  private readonly env: Readonly<Record<string, string>>;

  constructor(
    env: Readonly<Record<string, string>> = {},
    folder = mkdtempSync(join(tmpdir(), "mcp-fleet-lab-")),
  ) {
    this.folder = folder;
    this.env = env;
  }

  /** The same lab, driven with other variables. */
  with(env: Readonly<Record<string, string>>): TestLab {
    return new TestLab({ ...this.env, ...env }, this.folder);
  }

  /** Environment of every command. */
  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.env, LAB_DIR: this.folder };
  }

  /** Runs `make up`, `make lab` or `make down`; kills it with all its children after `killAfterMs`. */
  async run(verb: "up" | "lab" | "down", killAfterMs?: number): Promise<Ran> {
    const since = Date.now();
    const args = ["--require", "esbuild-register", join(project, "lab", "main.ts"), verb];
    const child = spawn(process.execPath, args, {
      cwd: project,
      env: this.environment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => (output += data.toString()));
    const { pid } = child;
    const timer =
      killAfterMs !== undefined && pid !== undefined
        ? setTimeout(() => {
            process.kill(-pid, "SIGKILL");
          }, killAfterMs)
        : undefined;
    const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
    clearTimeout(timer);
    return { code, output, seconds: (Date.now() - since) / 1000 };
  }

  /** The variables that `make lab` prints. */
  async variables(): Promise<Readonly<Record<string, string>>> {
    const { code, output } = await this.run("lab");
    if (code !== 0) throw new Error(output);
    return Object.fromEntries(
      [...output.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [
        name,
        value.replace(/^'(.*)'$/, "$1"),
      ]),
    );
  }

  /** Client of the lab's cluster. */
  api(): Api {
    return new Api(join(this.folder, "kubeconfig"));
  }

  /** `pulumi` as a person would run it after `make lab`, with settings of its own. */
  async pulumi(
    settings: Readonly<Record<string, unknown>> = {},
    env: Readonly<Record<string, string>> = {},
  ): Promise<StackRunner> {
    const variables = await this.variables();
    const charts = { crds: "lab/charts/operator-crds", operator: "lab/charts/operator" };
    const config = {
      "mcp-fleet:platform": {
        crds: { chart: charts.crds },
        operator: { chart: charts.operator },
      },
      ...Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [`mcp-fleet:${key}`, value]),
      ),
    };
    // The salt belongs to the passphrase of the lab; another would be written to the file and asked for.
    const { encryptionsalt } = parse(
      readFileSync(join(project, "stacks", `Pulumi.${labStack}.yaml`), "utf8"),
    ) as { readonly encryptionsalt: string };
    const file = join(this.folder, "Pulumi.test.yaml");
    writeFileSync(file, stringify({ config, encryptionsalt }));
    const pulumi = new Pulumi({ ...variables, ...env }, this.folder);
    const log = join(this.folder, "log", "test.log");
    return async (...args) =>
      await pulumi.run([...args, "--stack", labStack, "--config-file", file], log);
  }

  /** Process ids that carry the lab's mark, or listen on one of its ports. */
  leftProcesses(): readonly number[] {
    const mark = `${markVariable}=${this.folder}`;
    return readdirSync("/proc")
      .map(Number)
      .filter(Number.isInteger)
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(mark);
        } catch {
          return false;
        }
      })
      .filter(isRunning);
  }

  /** Ports that the lab has chosen. */
  ports(): readonly number[] {
    return Object.values(
      JSON.parse(readFileSync(join(this.folder, "ports.json"), "utf8")) as Record<string, number>,
    );
  }

  /** Ends whatever is left. */
  async remove(): Promise<void> {
    await this.run("down");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a command of `pulumi` on the test's stack. */
export type StackRunner = (
  ...args: readonly string[]
) => Promise<{ readonly code: number; readonly output: string }>;

/** Whether somebody listens on a port of loopback. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port });
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => {
      resolve(false);
    });
  });
}
