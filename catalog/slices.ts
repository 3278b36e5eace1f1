import { createHash } from "node:crypto";
import { z } from "zod";
import type { Entry } from "./entry";
import { integer, map, oneOf, text } from "./field";
import { objectName } from "./patterns";
import { sensitivities } from "./sensitivity";

const cuts = ["hash", "tier", "owner"] as const;

/** Most slices of one environment: each costs a process of the engine, of Node and of the provider. */
const maxSlices = 64;

/** Schema of `slices`: how the catalogue is cut into stacks. */
export const slices = map(
  {
    description:
      "How the catalogue is cut into stacks beside the environment's own, which then holds the platform alone; one stack for all when absent.",
    example: { by: "hash", count: 4 },
  },
  {
    by: oneOf(
      {
        description:
          "What an entry's slice is found by: a hash of its name (even parts), its tier, or its owner's team.",
        example: "hash",
      },
      cuts,
    ),
    count: integer(
      {
        description: "How many slices; with by: hash, and only there.",
        expects: `a whole number from 1 to ${maxSlices}`,
        example: 4,
      },
      1,
      maxSlices,
    ).optional(),
  },
).optional();

/** How the catalogue of an environment is cut. */
export type Slicing = Readonly<NonNullable<z.output<typeof slices>>>;

/** Schema of `slice`: it says of a stack that it holds one slice of an environment. */
export const sliceStack = map(
  {
    description:
      "Says of a stack that it holds one slice of an environment; all other settings are then the environment's.",
    example: { environment: "prod", name: "hash-1" },
  },
  {
    environment: text(
      {
        description: "The environment, whose settings are in stacks/Pulumi.<environment>.yaml.",
        expects: "the name of an environment",
        example: "prod",
      },
      /^[A-Za-z0-9][\w.-]*$/,
      100,
    ),
    name: text(
      { description: "The slice.", expects: "the name of a slice", example: "hash-1" },
      objectName,
      100,
    ),
  },
);

/** Which slice of which environment a stack holds. */
export type SliceStack = Readonly<z.output<typeof sliceStack>>;

/** What of an entry decides on its slice. */
export type SlicedBy = Pick<Entry, "name" | "sensitivity" | "owner">;

/**
 * The slice of an entry. It depends on the entry alone, so that adding, removing or changing another moves
 * nothing; a hash moves as few as can be when the number of slices changes (rendezvous hashing).
 */
export function sliceOf({ name, sensitivity, owner }: SlicedBy, slicing: Slicing): string {
  switch (slicing.by) {
    case "tier":
      return `tier-${sensitivity}`;
    case "owner":
      return `owner-${owner.team}`;
    case "hash":
      return hashSlice(name, slicing.count ?? 1);
  }
}

function hashNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `hash-${i + 1}`);
}

// Each stack's program asks for every entry, and a process works on many stacks.
const hashed = new Map<string, string>();

function hashSlice(name: string, count: number): string {
  const key = `${count}/${name}`;
  const slice = hashed.get(key) ?? heaviest(name, count);
  hashed.set(key, slice);
  return slice;
}

function heaviest(name: string, count: number): string {
  const weight = (slice: string): string =>
    createHash("sha256").update(`${slice}/${name}`).digest("hex");
  return hashNames(count).reduce((best, slice) => (weight(slice) > weight(best) ? slice : best));
}

/** The entries of each slice that has some, by its name in the order of the alphabet. */
export function cut<E extends SlicedBy>(
  entries: readonly E[],
  slicing: Slicing,
): ReadonlyMap<string, readonly E[]> {
  const parts = new Map<string, E[]>();
  for (const entry of entries) {
    const name = sliceOf(entry, slicing);
    parts.set(name, [...(parts.get(name) ?? []), entry]);
  }
  return new Map([...parts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A cut in words, the same for the same cut alone. */
export function cutText({ by, count }: Slicing): string {
  return count === undefined ? by : `${by} into ${count}`;
}

/** Whether a slicing has a slice of this name, with entries in it or without. */
export function isSliceOf(name: string, { by, count = 0 }: Slicing): boolean {
  switch (by) {
    case "tier":
      return sensitivities.some((sensitivity) => name === `tier-${sensitivity}`);
    case "owner":
      return name.startsWith("owner-");
    case "hash":
      return hashNames(count).includes(name);
  }
}

/** The stack of an environment's slice; without slices, and for the platform, it is named like the environment. */
export function sliceStackName(environment: string, slice: string): string {
  return `${environment}.${slice}`;
}
