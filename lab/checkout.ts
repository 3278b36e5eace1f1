import { execFile } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { labStack } from "./pulumi";
import { project } from "./settings";

/** What the program is made of. */
const parts = [
  ...["catalog", "manifests", "components", "program", "engines", "drive", "cli", "registry"],
  ...[
    "policy",
    "bin",
    "index.ts",
    "start.js",
    "bundle.js",
    "Pulumi.yaml",
    "package.json",
    "tsconfig.json",
  ],
];

/** What a command gave. */
export interface Said {
  /** Its exit code. */
  readonly code: number;
  /** What it printed, on both of its outputs. */
  readonly output: string;
}

/** A command that runs. */
export interface Begun {
  /** Its process. */
  readonly child: ChildProcess;
  /** What it gives in the end; the code of one that was killed is 1. */
  readonly said: Promise<Said>;
}

/** A checkout of the project of its own, with an environment and a catalogue to change. */
export class Checkout {
  readonly folder: string;
  readonly environment: string;
  private readonly env: NodeJS.ProcessEnv;

  constructor(folder: string, environment: string, env: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.environment = environment;
    this.env = { ...process.env, ...env };
    for (const part of parts) cpSync(join(project, part), join(folder, part), { recursive: true });
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
    mkdirSync(join(folder, "lab"));
    symlinkSync(join(project, "lab", "charts"), join(folder, "lab", "charts"));
    mkdirSync(join(folder, "stacks"));
    mkdirSync(join(folder, "inventory"));
  }

  /** Writes the environment's settings. */
  settings(values: Readonly<Record<string, unknown>>): void {
    // The salt belongs to the passphrase of the lab; another would be written to the file and asked for.
    const { encryptionsalt } = parse(
      readFileSync(join(project, "stacks", `Pulumi.${labStack}.yaml`), "utf8"),
    ) as { readonly encryptionsalt: string };
    const all = {
      platform: {
        crds: { chart: "lab/charts/operator-crds", keep: false },
        operator: { chart: "lab/charts/operator" },
      },
      network: { apiServer: [{ cidr: "10.97.0.1/32", port: 6443 }] },
      ...values,
    };
    const config = Object.fromEntries(
      Object.entries(all).map(([key, value]) => [`mcp-fleet:${key}`, value]),
    );
    const file = join(this.folder, "stacks", `Pulumi.${this.environment}.yaml`);
    writeFileSync(file, stringify({ encryptionsalt, config }));
  }

  /** Writes an entry of the catalogue, or removes it. */
  entry(name: string, change: object | undefined = {}): void {
    const file = join(this.folder, "inventory", `${name}.yaml`);
    writeFileSync(
      file,
      stringify({
        kind: "Server",
        name,
        title: name,
        description: "Looks things up.",
        owner: { team: "search", contact: "#search" },
        category: "search",
        costClass: "low",
        sensitivity: "internal",
        image: "ghcr.io/stackloklabs/osv-mcp/server:0.1.0",
        transport: "streamable-http",
        port: 8080,
        clients: [{ namespace: "litellm" }],
        tools: { publish: ["query"] },
        resources: {
          requests: { cpu: "5m", memory: "8Mi" },
          limits: { cpu: "10m", memory: "16Mi" },
        },
        ...change,
      }),
    );
  }

  /** Removes an entry. */
  remove(name: string): void {
    rmSync(join(this.folder, "inventory", `${name}.yaml`));
  }

  /** Runs `mcp-fleet`. */
  async fleet(...args: readonly string[]): Promise<Said> {
    return await this.run(process.execPath, [join(this.folder, "bin", "mcp-fleet.js"), ...args]);
  }

  /** Runs `pulumi`, as a person would by hand. */
  async pulumi(...args: readonly string[]): Promise<Said> {
    return await this.run("pulumi", [...args, "--non-interactive", "--color=never"]);
  }

  /** Runs `mcp-fleet`, and gives the process for those who would kill it. */
  begin(...args: readonly string[]): Begun {
    return this.start(process.execPath, [join(this.folder, "bin", "mcp-fleet.js"), ...args]);
  }

  private async run(program: string, args: readonly string[]): Promise<Said> {
    return await this.start(program, args).said;
  }

  private start(program: string, args: readonly string[]): Begun {
    const options = { cwd: this.folder, env: this.env, maxBuffer: 64 * 1024 * 1024 };
    let end: (said: Said) => void = () => undefined;
    const said = new Promise<Said>((resolve) => (end = resolve));
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      end({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
    return { child, said };
  }
}
