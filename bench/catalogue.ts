/**
 * Measures how long `mcp-fleet` takes for large catalogues, each run in a process of its own, and how much
 * memory (Linux only); exit code 1 above the limits. `npm run bench:catalogue`; --json for programs.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpuSeconds } from "./cpu";
import { environment, writeProject } from "./many-entries";
import { measure } from "./measure";
import type { Cost } from "./measure";

const program = join(__dirname, "..", "bin", "mcp-fleet.js");
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

interface Task {
  readonly name: string;
  readonly entries: number;
  readonly verb: readonly string[];
  /** What it may take: seconds from start to end, and megabytes. */
  readonly limit?: { readonly wall: number; readonly peak?: number };
}

// To render is to check first: the last task is both.
const tasks: readonly Task[] = [
  { name: "check", entries: 100, verb: ["check"], limit: { wall: 1 } },
  { name: "check", entries: 1000, verb: ["check"] },
  {
    name: "check and render",
    entries: 1000,
    verb: ["render", "--out", "out"],
    limit: { wall: 5, peak: 500 },
  },
];

type RunCost = Omit<Cost, "out"> & {
  /** Processor seconds, its own and its children's. */
  readonly cpu: number;
};

interface Result extends Task {
  readonly costs: readonly RunCost[];
  readonly above: readonly string[];
}

function run(task: Task, folder: string): Result {
  const project = join(folder, String(task.entries));
  const costs = Array.from({ length: rounds }, () => {
    // What is there already would not be written again.
    rmSync(join(project, "out"), { recursive: true, force: true });
    const before = cpuSeconds(process.pid);
    const { wall, peak } = measure(project, program, ...task.verb, "--stack", environment);
    // A child that has ended counts with its parent, which waited for it.
    return { wall, peak, cpu: cpuSeconds(process.pid) - before };
  });
  // What else the machine does makes a run slower, never faster.
  const wall = Math.min(...costs.map((cost) => cost.wall));
  const peak = Math.max(...costs.map((cost) => cost.peak));
  const { limit } = task;
  const above = [
    ...(limit && wall > limit.wall ? [`${limit.wall} s`] : []),
    ...(limit?.peak !== undefined && peak > limit.peak ? [`${limit.peak} MB`] : []),
  ];
  return { ...task, costs, above };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function row(cells: readonly string[]): string {
  const widths = [7, 16, 12, 12, 12, 9];
  return cells
    .map((cell, i) => (i === 1 ? cell.padEnd(16) : cell.padStart(widths[i] ?? 0)))
    .join("  ");
}

function table(results: readonly Result[]): string {
  const lines = results.map(({ entries, name, costs, above }) => {
    const wall = costs.map((cost) => cost.wall);
    const seconds = (value: number): string => `${value.toFixed(2)} s`;
    return (
      row([
        String(entries),
        name,
        seconds(Math.min(...wall)),
        seconds(median(wall)),
        seconds(median(costs.map((cost) => cost.cpu))),
        `${Math.max(...costs.map((cost) => cost.peak)).toFixed(0)} MB`,
      ]) + (above.length > 0 ? `  above ${above.join(" and ")}` : "")
    );
  });
  const head = row(["entries", "", "fastest", "median", "processor", "memory"]);
  return [`${rounds} runs of each:`, head, ...lines].join("\n");
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-catalogue-"));
  try {
    for (const entries of new Set(tasks.map((task) => task.entries))) {
      const project = join(folder, String(entries));
      mkdirSync(project);
      writeProject(project, entries);
    }
    const results = tasks.map((task) => run(task, folder));
    console.log(process.argv.includes("--json") ? JSON.stringify(results) : table(results));
    if (results.some(({ above }) => above.length > 0)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
