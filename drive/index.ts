import { resolve } from "node:path";
import pMap from "p-map";
import { cutText, sliceStackName } from "../catalog";
import { exitCode } from "../cli/exit-code";
import { Engine } from "./engine";
import { carryOut, findMoves } from "./moves";
import type { Move } from "./moves";
import { repeatCommand, summary } from "./outcome";
import type { StackOutcome, Verb } from "./outcome";
import { defaultParallel, planFleet } from "./plan";
import type { FleetPlan } from "./plan";
import { Board } from "./board";
import { writeSliceFile } from "./slice-file";
import { Workers } from "./workers";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Options of `mcp-fleet up`, `preview` and `destroy`. */
export interface DriveOptions {
  /** The environment. */
  readonly env: string;
  /** Folder that holds Pulumi.yaml. */
  readonly project: string;
  /** How many slices are worked on side by side. */
  readonly parallel?: number;
  /** Print the result as JSON. */
  readonly json?: boolean;
}

/**
 * `mcp-fleet up`, `preview` and `destroy`: all stacks of an environment, its platform first (or last, when it
 * goes) and its slices side by side. A slice that fails stops no other; exit code 1 when one has failed.
 */
export async function drive(verb: Verb, options: DriveOptions): Promise<void> {
  const { env, project, json = false } = options;
  const plan = planFleet(project, env);
  const engine = await Engine.open(project);
  const stacks = await prepare(engine, project, plan, verb);
  const all = [...stacks.wanted, ...stacks.stale];
  const settled = verb === "destroy" || (await isSettled(engine, plan));
  const moves = settled ? [] : await findMoves(engine, all, plan.stackOf);
  if (!json) for (const move of moves) console.log(moveText(move, verb));
  if (verb === "up") await carryOut(engine, moves);
  const board = new Board(verb, all, json);
  const workers = new Workers(project);
  const breakOff = (): void => {
    workers.stop();
  };
  for (const signal of signals) process.on(signal, breakOff);
  const run = async (stack: string): Promise<StackOutcome> =>
    await board.watch(stack, async (report) => {
      const stale = stacks.stale.includes(stack);
      const outcome = await workers.run({ verb, stack, project: resolve(project), stale }, report);
      if (stale && verb === "up" && outcome.status === "done") await engine.remove(stack);
      return outcome;
    });
  const concurrency = options.parallel ?? defaultParallel();
  const side = async (
    stacks: readonly string[],
    most = concurrency,
  ): Promise<readonly StackOutcome[]> => await pMap(stacks, run, { concurrency: most });
  const slices = all.filter((stack) => stack !== env);
  const outcomes: StackOutcome[] = [];
  if (verb === "destroy") {
    // They mostly wait for the cluster.
    outcomes.push(...(await side(slices, 2 * concurrency)));
    const left = outcomes.some(({ status }) => status !== "done");
    // Without its operator, what is left of a slice could never go.
    outcomes.push(left ? skipped(verb, env) : await run(env));
  } else if (verb === "preview") {
    outcomes.push(...(await side([env, ...slices])));
  } else {
    outcomes.push(await run(env));
    const stands = outcomes.every(({ status }) => status === "done");
    outcomes.push(...(stands ? await side(slices) : slices.map((stack) => skipped(verb, stack))));
  }
  workers.end();
  for (const signal of signals) process.off(signal, breakOff);
  board.end();
  console.log(
    json ? JSON.stringify({ moves, stacks: outcomes }, undefined, 2) : summary(verb, outcomes),
  );
  if (outcomes.some(({ status }) => status !== "done")) process.exitCode = exitCode.found;
}

interface FleetStacks {
  /** The environment's own stack, and those of slices with entries. */
  readonly wanted: readonly string[];
  /** Stacks of slices that have no entry any more. */
  readonly stale: readonly string[];
}

/** Makes the stacks that are missing, and gives all of the environment. */
async function prepare(
  engine: Engine,
  project: string,
  { environment, slices }: FleetPlan,
  verb: Verb,
): Promise<FleetStacks> {
  const there = await engine.stacks();
  const own = there.filter((stack) => stack.startsWith(sliceStackName(environment, "")));
  const planned = [environment, ...slices.keys()];
  const stale = own.filter((stack) => !slices.has(stack));
  if (verb === "destroy") return { wanted: planned.filter((name) => there.includes(name)), stale };
  for (const [stack, { name }] of slices) writeSliceFile(project, environment, name, stack);
  for (const stack of planned.filter((name) => !there.includes(name))) await engine.create(stack);
  return { wanted: planned, stale };
}

/**
 * Whether every server is known to be in its stack, without a look at all states: by its hash none ever moves
 * but when the number of slices changes, and the environment's stack says which cut has been carried out.
 */
async function isSettled(engine: Engine, { environment, settings }: FleetPlan): Promise<boolean> {
  const { slices } = settings;
  if (slices?.by !== "hash") return false;
  return (await engine.output(environment, "cut")) === cutText(slices);
}

function skipped(verb: Verb, stack: string): StackOutcome {
  const repeat = repeatCommand({ verb, stack, stale: false });
  return { stack, status: "skipped", changes: {}, seconds: 0, repeat };
}

function moveText({ entry, from, to }: Move, verb: Verb): string {
  return `${entry} ${verb === "up" ? "moves" : "would move"} from the state of ${from} to that of ${to}; nothing of it changes in the cluster`;
}
