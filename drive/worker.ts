/**
 * A process that works on stacks, one after the other. It has the program loaded and the catalogue read once
 * for all of them; a mistake that escapes one stack's program reaches none that is worked on at the same time.
 */
import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { loadCatalogue } from "../catalog";
import type { Entry } from "../catalog";
import { deployStack, beThrifty } from "../program";
import type { LoadCatalogue } from "../program";
import { Engine } from "./engine";
import type { FromWorker, Job, ToWorker } from "./job";
import { packageRoot } from "./package-root";
import { runStack } from "./run-stack";

const sayEveryMs = 200;

const stopping = new AbortController();
let engine: Engine | undefined;
let working = false;

function say(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}

async function work({ project, stack, verb, stale }: Job): Promise<void> {
  working = true;
  engine ??= await Engine.open(project);
  const own = engine;
  let done = 0;
  const timer = setInterval(() => {
    say({ done });
  }, sayEveryMs);
  const outcome = await runStack(verb, stack, () => own.stack(stack), {
    stale,
    signal: stopping.signal,
    program: programOf(project, await own.main()),
    report: (progress) => ({ done } = progress),
  });
  clearInterval(timer);
  working = false;
  say({ outcome });
  if (!process.connected) process.exit();
}

/**
 * The program, when it is this package's own that the project's stacks run: starting it anew for each stack
 * would cost more than most stacks do. Another program is started by the engine, as ever.
 */
function programOf(project: string, main: string): PulumiFn | undefined {
  const own = join(packageRoot, "start.js");
  if (real(resolve(project, main)) !== real(own)) return undefined;
  beThrifty();
  return () => Promise.resolve({ ...deployStack(project, loadOnce) });
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

const loaded = new Map<string, readonly Entry[]>();

const loadOnce: LoadCatalogue = (paths, settings, note) => {
  const key = JSON.stringify([paths, settings]);
  const entries = loaded.get(key) ?? loadCatalogue(paths, settings, note);
  loaded.set(key, entries);
  return entries;
};

process.on("message", (message: ToWorker) => {
  if ("stop" in message) stopping.abort();
  else void work(message.job);
});

// It is for the engine, which is in the same group of processes.
process.on("SIGINT", () => undefined);

// Nobody waits for it any more: what it does is broken off as Ctrl-C would, which leaves the state whole and unlocked.
process.on("disconnect", () => {
  if (working) stopping.abort();
  else process.exit();
});
