/**
 * Measures the processor time from the start of the program's process to the first resource that it
 * registers, for this program and for the same one written and started as Pulumi's templates do: with
 * the root import of @pulumi/kubernetes and a type check at run time. `npm run bench:start`; --json for programs.
 */
import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cpuSeconds } from "./cpu";
import { startEngine } from "./engine";

const project = resolve(__dirname, "..");
const runner = join(project, "node_modules", "@pulumi", "pulumi", "cmd", "run");
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

interface Variant {
  readonly name: string;
  readonly folder: string;
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Processor seconds, its own and its children's, that a program uses until it registers a resource. */
async function measure({ folder, entry, env }: Variant): Promise<number> {
  const config = {
    "mcp-fleet:network": '{"apiServer":[{"cidr":"10.0.0.1/32","port":6443}]}',
    // These two need a secret store and a secret value, which would say nothing about the start.
    "mcp-fleet:entries": '{"except":["brave-search","postgres"]}',
  };
  return await new Promise<number>((done, failed) => {
    let output = "";
    const finish = (action: () => void): void => {
      close();
      child.kill("SIGKILL");
      action();
    };
    let close = (): void => undefined;
    let child: ReturnType<typeof spawn>;
    const onRegister = (type: string): void => {
      if (type === "pulumi:pulumi:Stack" || child.pid === undefined) return;
      const used = cpuSeconds(child.pid);
      finish(() => {
        done(used);
      });
    };
    void startEngine(onRegister, (message) => (output += message)).then((engine) => {
      close = engine.close;
      const args = [
        ...["--monitor", engine.address, "--engine", engine.address],
        ...["--project", "mcp-fleet", "--stack", "bench", "--pwd", folder, "--dry-run"],
      ];
      child = spawn(process.execPath, [runner, ...args, join(folder, entry)], {
        cwd: folder,
        env: { ...process.env, ...env, PULUMI_CONFIG: JSON.stringify(config) },
      });
      child.stderr?.on("data", (data: Buffer) => (output += data.toString()));
      child.on("exit", (code) => {
        if (code !== null)
          finish(() => {
            failed(new Error(`exit code ${code}:\n${output}`));
          });
      });
    });
  });
}

/** A copy of the program as Pulumi's templates would have it. */
function usualProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  for (const part of [
    "catalog",
    "manifests",
    "components",
    "program",
    "inventory",
    "index.ts",
    "tsconfig.json",
  ])
    cpSync(join(project, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, "stacks"));
  const components = join(folder, "components");
  for (const name of readdirSync(components)) {
    const file = join(components, name);
    const text = readFileSync(file, "utf8").replace(
      /import (\{[^}]*\}) from "@pulumi\/kubernetes\/([^"]*)";/g,
      (_, names: string, path: string) => {
        const root = `k8s${path.replaceAll("/", "_")}`;
        const members = `${root}.${path.replaceAll("/", ".")}`;
        // A class is imported as a value and as a type.
        const types = [...names.matchAll(/\w+/g)].map(
          ([name]) => `export type ${name} = InstanceType<typeof ${members}.${name}>;`,
        );
        return `import * as ${root} from "@pulumi/kubernetes";\nconst ${names} = ${members};\n${types.join("\n")}`;
      },
    );
    writeFileSync(file, text);
  }
  return folder;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function main(): Promise<void> {
  const usual = usualProgram();
  const temporary = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const ours: Variant = {
      name: "this program: sub-path imports, bundled without a type check",
      folder: project,
      entry: "start.js",
      env: {},
    };
    const theirs: Variant = {
      name: "root imports, type check at run time",
      folder: usual,
      entry: "index.ts",
      env: { PULUMI_NODEJS_TYPESCRIPT: "true" },
    };
    const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push(await measure(ours));
      // ts-node 7, which Pulumi brings, skips the check of files that it finds in its cache there.
      const cache = mkdtempSync(join(temporary, "cache-"));
      times.theirs.push(await measure({ ...theirs, env: { ...theirs.env, TMPDIR: cache } }));
    }
    const [a, b] = [median(times.ours), median(times.theirs)];
    const result = { rounds, ...times, ratio: b / a };
    if (process.argv.includes("--json")) {
      console.log(JSON.stringify(result));
      return;
    }
    const line = (name: string, seconds: number): string =>
      `${seconds.toFixed(2).padStart(7)} s  ${(b / seconds).toFixed(1).padStart(5)}x  ${name}`;
    console.log(`Processor time until the first resource, median of ${rounds}:`);
    console.log(line(theirs.name, b));
    console.log(line(ours.name, a));
  } finally {
    rmSync(usual, { recursive: true, force: true });
    rmSync(temporary, { recursive: true, force: true });
  }
}

void main();
