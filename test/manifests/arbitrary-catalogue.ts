/** Random catalogues, and what the program makes of them. */
import assert from "node:assert/strict";
import * as fc from "fast-check";
import { checkCatalogue, formatProblem } from "../../catalog";
import type { CheckedCatalogue, Entry, Settings } from "../../catalog";
import { inFolder } from "../catalog/catalogue-folder";
import { entry } from "./arbitrary-entry";
import type { EntryText } from "./arbitrary-entry";
import { settings } from "./arbitrary-environment";
import * as words from "./arbitrary-words";

/** Entries for one environment, each right by itself and beside the others. */
export interface RandomCatalogue {
  readonly settings: Settings;
  readonly entries: readonly EntryText[];
}

/** A catalogue of one entry up to so many. */
export function catalogue(most: number): fc.Arbitrary<RandomCatalogue> {
  return fc.tuple(settings, fc.integer({ min: 1, max: most })).chain(([environment, length]) =>
    fc.record({
      settings: fc.constant(environment),
      entries: fc
        .tuple(...Array.from({ length }, (_, i) => named(i, environment)))
        .map(withSuccessors),
    }),
  );
}

function named(i: number, environment: Settings): fc.Arbitrary<EntryText> {
  // The end tells names apart, also where one is the beginning of another.
  return words.word(43).chain((stem) => entry(`${stem}-x${i}`, environment));
}

/** Lets entries that go be replaced by one that stays. */
function withSuccessors(entries: readonly EntryText[]): readonly EntryText[] {
  const active = entries.find(({ lifecycle }) => (lifecycle?.state ?? "active") === "active");
  if (!active) return entries;
  return entries.map((one) =>
    one.lifecycle?.state === "deprecated" && one.name.length % 2 === 0
      ? { ...one, lifecycle: { ...one.lifecycle, replacedBy: active.name } }
      : one,
  );
}

/**
 * Writes entries as files and checks them.
 * @param first Number of the first file; files are read in the order of their names.
 */
export function check(
  { settings: environment, entries }: RandomCatalogue,
  fileName: (i: number) => string = String,
): CheckedCatalogue {
  const files = entries.map((one, i) => [`c/${fileName(i)}.yaml`, JSON.stringify(one)] as const);
  return inFolder(Object.fromEntries(files), () => checkCatalogue(["c"], environment));
}

/** The entries of a catalogue that must be right, as the program has them. */
export function accepted(
  random: RandomCatalogue,
  fileName?: (i: number) => string,
): readonly Entry[] {
  const { entries, problems } = check(random, fileName);
  const errors = problems.filter(({ severity }) => severity === "error");
  assert.deepEqual(errors.map(formatProblem), []);
  assert.equal(entries.length, random.entries.length);
  return entries;
}
