import { spawn } from "node:child_process";
import { createWriteStream, readFileSync, readdirSync } from "node:fs";
import { cpuSeconds } from "../cpu";

/** What a command took. */
export interface Observed {
  /** Seconds from start to end. */
  readonly wall: number;
  /** Processor seconds of it and its children. */
  readonly cpu: number;
  /** Most memory of it and its children together, in bytes (proportional set size). */
  readonly peak: number;
  /** Requests that the API server had of the administrator, as whom all contestants come. */
  readonly requests: number;
}

/** How a command is run. */
export interface Command {
  /** The program. */
  readonly program: string;
  /** Its arguments. */
  readonly args: readonly string[];
  /** Folder that it runs in. */
  readonly cwd: string;
  /** Its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** File to which its output goes. */
  readonly log: string;
  /** Exit codes that are no failure; 0 when absent. */
  readonly fine?: readonly number[];
}

const everyMs = 250;

/**
 * Runs a command to its end and says what it took.
 * @param requests Asks how many requests the administrator has made so far.
 * @throws {Error} when it fails.
 */
export async function observe(
  { program, args, cwd, env, log, fine = [0] }: Command,
  requests: () => number,
): Promise<Observed> {
  const asked = requests();
  const before = cpuSeconds(process.pid);
  const since = process.hrtime.bigint();
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const file = createWriteStream(log, { flags: "a" });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(file, { end: false });
  let peak = 0;
  const timer = setInterval(() => {
    if (child.pid !== undefined) peak = Math.max(peak, memory(child.pid));
  }, everyMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearInterval(timer);
  const wall = Number(process.hrtime.bigint() - since) / 1e9;
  file.end();
  if (code === null || !fine.includes(code))
    throw new Error(`${program} ${args.join(" ")}: exit code ${String(code)}; see ${log}`);
  return {
    wall,
    cpu: cpuSeconds(process.pid) - before,
    peak,
    requests: requests() - asked,
  };
}

/** Memory of a process and its children, each shared page counted once among them. */
function memory(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const text = read(`/proc/${name}/stat`);
    const parent = Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
    parents.set(Number(name), parent);
  }
  const within = (pid: number): boolean => {
    const parent = parents.get(pid);
    return pid === root || (parent !== undefined && parent > 0 && within(parent));
  };
  return [...parents.keys()]
    .filter(within)
    .reduce(
      (sum, pid) =>
        sum + Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024,
      0,
    );
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
