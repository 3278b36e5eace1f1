import { cpus, freemem } from "node:os";
import { resolve } from "node:path";
import { cut, loadCatalogue, readSettings, sliceStackName } from "../catalog";
import type { Entry, Settings } from "../catalog";

/** The stacks of an environment, and which entries each is to hold. */
export interface FleetPlan {
  /** The environment, and the stack that holds its platform. */
  readonly environment: string;
  /** Its settings. */
  readonly settings: Settings;
  /** The slices that have entries, by their stacks' names. */
  readonly slices: ReadonlyMap<string, SlicePlan>;
  /** The stack of each entry, retired ones too. */
  readonly stackOf: ReadonlyMap<string, string>;
}

/** One slice. */
export interface SlicePlan {
  /** Name of the slice. */
  readonly name: string;
  /** Its entries. */
  readonly entries: readonly Entry[];
}

/**
 * Plans the stacks of an environment from its settings and catalogue.
 * @throws {CatalogueError} with every error, when there is one.
 * @throws {UnreadableError} when the environment or its catalogue is not there.
 */
export function planFleet(project: string, environment: string): FleetPlan {
  const settings = readSettings(project, environment);
  const paths = settings.catalogue.map((path) => resolve(project, path));
  const entries = loadCatalogue(paths, settings, () => undefined);
  const parts = settings.slices ? cut(entries, settings.slices) : new Map<string, never>();
  const slices = new Map(
    [...parts].map(([name, own]) => [sliceStackName(environment, name), { name, entries: own }]),
  );
  const stackOf = new Map(entries.map(({ name }) => [name, environment]));
  for (const [stack, slice] of slices)
    for (const { name } of slice.entries) stackOf.set(name, stack);
  return { environment, settings, slices, stackOf };
}

// The engine, Node and the provider of one stack together, as measured (docs/performance.md).
const bytesOfStack = 700 * 1024 * 1024;

/** How many stacks are worked on side by side when nobody says: no more than cores, nor than memory holds. */
export function defaultParallel(): number {
  return Math.max(1, Math.min(cpus().length, Math.floor(freemem() / bytesOfStack)));
}
