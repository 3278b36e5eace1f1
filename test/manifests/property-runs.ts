import type { Parameters } from "fast-check";

/**
 * How often a property is tried. The cases are the same every time, so that a failure is about the change
 * at hand; `PROPERTY_SEED` makes others, `PROPERTY_RUNS` so many times more.
 */
export function runs(count: number): Parameters<unknown> {
  return {
    seed: Number(process.env.PROPERTY_SEED ?? 1),
    numRuns: count * Number(process.env.PROPERTY_RUNS ?? 1),
  };
}
