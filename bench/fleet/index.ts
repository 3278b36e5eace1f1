/**
 * Deploys catalogues of several sizes by mcp-fleet and by what people would use instead, each on a cluster of
 * its own, and says what each took: `make bench`. Results go to bench/results.json, from which
 * bench/fleet/report.ts makes the table and the chart of docs/performance.md.
 * BENCH_SIZES (30,100,300,1000), BENCH_ONLY (names of contestants, by semicolons) and BENCH_ROUNDS (1) choose.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTools } from "../../lab/build/tools";
import { labSettings, project } from "../../lab/settings";
import { entryName, writeCatalogue } from "./catalogue";
import { helm, kubectl, ours, phases, straightforward } from "./contestants";
import type { Arena, Contestant, Phase } from "./contestants";
import { BenchLab } from "./lab";
import { observe } from "./observe";
import { resultsFile } from "./result";
import type { Result } from "./result";

const sizes = (process.env.BENCH_SIZES ?? "30,100,300,1000").split(",").map(Number);
const wanted = process.env.BENCH_ONLY?.split(";");
const rounds = Number(process.env.BENCH_ROUNDS ?? 1);

// Beyond, its creation alone takes the better part of an hour, and its destruction more.
const mostOfStraightforward = 300;

/** Entries that the documentation recommends for a slice. */
const entriesOfSlice = 20;

interface Entrant {
  readonly name: string;
  readonly slices?: { readonly by: "hash"; readonly count: number };
  readonly make: (arena: Arena, lab: BenchLab) => Contestant;
}

function entrants(entries: number, helmProgram: string): readonly Entrant[] {
  const count = Math.max(1, Math.round(entries / entriesOfSlice));
  const sliced = (name: string, slices: number): Entrant => ({
    name,
    slices: { by: "hash", count: slices },
    make: (arena, { environment }) => ours(arena, environment, name),
  });
  const all: readonly Entrant[] = [
    sliced("mcp-fleet up", count),
    ...[2, 4, 8, 16, 32].map((slices) => sliced(`mcp-fleet up, ${slices} slices`, slices)),
    { name: "straightforward program", make: straightforward },
    {
      name: "kubectl",
      make: (arena, lab) =>
        kubectl(arena, () => {
          lab.render();
        }),
    },
    {
      name: "Helm",
      make: (arena, lab) =>
        helm(arena, helmProgram, () => {
          lab.render();
        }),
    },
  ];
  return all
    .filter(({ name }) => wanted?.includes(name) ?? !name.endsWith("slices"))
    .filter(({ name }) => name !== "straightforward program" || entries <= mostOfStraightforward);
}

/** How many entries a phase finds changed. */
const changed: Readonly<Record<Phase, (entries: number) => number>> = {
  fresh: () => 0,
  unchanged: () => 0,
  "preview one": () => 1,
  one: () => 1,
  all: (entries) => entries,
  destroy: (entries) => entries,
};

async function contest(
  entries: number,
  { name, slices, make }: Entrant,
  report: (result: Result) => void,
): Promise<void> {
  const lab = new BenchLab();
  try {
    await lab.installPlatform(slices);
    const { env, place, catalogue } = lab;
    const contestant = make({ project: place, folder: place, catalogue, env, entries }, lab);
    if (name === "straightforward program")
      execFileSync("pulumi", ["stack", "init", "bench"], {
        cwd: join(place, "straightforward"),
        env,
      });
    const log = join(tmpdir(), "mcp-fleet-bench.log");
    for (const phase of phases) {
      writeCatalogue(catalogue, entries, { changed: changed[phase](entries) });
      contestant.prepare(phase);
      const command = contestant.command(phase);
      if (!command) continue;
      const before = lab.stateSize();
      const observed = await observe({ ...command, env, log }, () => lab.requests());
      const state = Math.max(before, lab.stateSize());
      report({ entries, contestant: name, phase, ...observed, state });
      if (phase !== "fresh") continue;
      const since = Date.now();
      await lab.allReady(entries);
      const wall = observed.wall + (Date.now() - since) / 1000;
      report({ entries, contestant: name, phase: "ready", wall });
    }
  } finally {
    lab.remove();
  }
}

function text({ entries, contestant, phase, wall, cpu, peak, requests, state }: Result): string {
  const columns = [
    String(entries).padStart(5),
    contestant.padEnd(24),
    phase.padEnd(12),
    `${wall.toFixed(1).padStart(7)} s`,
    cpu === undefined ? "" : `${cpu.toFixed(1).padStart(7)} s cpu`,
    peak === undefined ? "" : `${(peak / 1e6).toFixed(0).padStart(6)} MB`,
    requests === undefined ? "" : `${String(requests).padStart(7)} requests`,
    state === undefined ? "" : `${(state / 1e6).toFixed(1).padStart(6)} MB state`,
  ];
  return columns.join("  ").trimEnd();
}

async function main(): Promise<void> {
  const tools = await findTools(labSettings(), "kwok", "bench");
  const earlier: readonly Result[] = existsSync(resultsFile)
    ? (JSON.parse(readFileSync(resultsFile, "utf8")) as readonly Result[])
    : [];
  const results: Result[] = [];
  for (let round = 0; round < rounds; round++)
    for (const entries of sizes)
      for (const entrant of entrants(entries, tools.program("helm")))
        await contest(entries, entrant, (result) => {
          results.push(result);
          console.log(text(result));
          // What was measured anew takes the place of what stood there.
          const rest = earlier.filter(
            (one) =>
              !results.some(
                (own) => own.entries === one.entries && own.contestant === one.contestant,
              ),
          );
          writeFileSync(resultsFile, `${JSON.stringify([...rest, ...results], undefined, 2)}\n`);
        });
  console.log(
    `Results: ${resultsFile.replace(`${project}/`, "")}; ${entryName(0)} was the one entry changed.`,
  );
}

void main();
