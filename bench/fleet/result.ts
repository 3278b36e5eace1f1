import { join } from "node:path";
import { project } from "../../lab/settings";
import type { Phase } from "./contestants";
import type { Observed } from "./observe";

/** What one phase of one contestant took. */
export interface Result extends Partial<Observed> {
  /** How many entries the catalogue had. */
  readonly entries: number;
  /** Who it was. */
  readonly contestant: string;
  /** What it did; `ready` counts from the beginning of `fresh` until all servers are Ready. */
  readonly phase: Phase | "ready";
  /** Seconds. */
  readonly wall: number;
  /** Bytes of all states, where there are any. */
  readonly state?: number;
}

/** Where the results are. */
export const resultsFile = join(project, "bench", "results.json");
