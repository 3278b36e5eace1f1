import type { z } from "zod";
import type { Path } from "./document";
import { entrySchemas } from "./entry";
import type { PartialEntry } from "./entry";
import { valueAt } from "./value-at";

/** What is right of an entry, and where its parts stand in what was written. */
export interface RightFields {
  /** The fields, without what is wrong in them. */
  readonly partial: PartialEntry;
  /** A path of what was written, for one of {@link partial}: items of lists may have been left out. */
  readonly written: (path: Path) => Path;
}

/**
 * The parts of an entry that are right by themselves, so that rules over several fields see all they can.
 * What is wrong is left out with the map that it stands in, since a default in its place would say what
 * nobody wrote; of a list or of names that the user chose only the one piece is.
 */
export function rightFields(kind: PartialEntry["kind"], value: object): RightFields {
  const kept = new Map<string, number[]>();
  const shape: Readonly<Record<string, z.ZodType>> = entrySchemas[kind].shape;
  const fields = Object.entries(shape).flatMap(([key, schema]) => {
    const root = { [key]: structuredClone((value as Readonly<Record<string, unknown>>)[key]) };
    const data = pruned(root, key, schema, kept);
    return data === undefined ? [] : [[key, data] as const];
  });
  return {
    partial: Object.fromEntries(fields) as unknown as PartialEntry,
    written: (path) =>
      path.map((key, i) =>
        typeof key === "number" ? (kept.get(keyOf(path.slice(0, i)))?.[key] ?? key) : key,
      ),
  };
}

// More mistakes in one field than anybody makes; the rest is then left out with the field.
const maxRounds = 500;

function pruned(
  root: Record<string, unknown>,
  key: string,
  schema: z.ZodType,
  kept: Map<string, number[]>,
): unknown {
  for (let round = 0; round < maxRounds && key in root; round++) {
    const { success, data, error } = schema.safeParse(root[key]);
    if (success) return data;
    const [issue] = error.issues;
    if (!issue) return undefined;
    const path = [key, ...issue.path.map((part) => (typeof part === "symbol" ? "" : part))];
    if (issue.code === "unrecognized_keys")
      for (const unknown of issue.keys) remove(root, [...path, unknown], kept);
    else remove(root, piece(path), kept);
  }
  return undefined;
}

// Fields whose keys are the user's own names.
const named = new Set(["annotations", "env", "headers", "keys", "labels", "nodeSelector", "pods"]);

/** What has to go with a wrong value. */
function piece(path: Path): Path {
  const [parent, key] = [path.at(-2), path.at(-1)];
  const alone =
    path.length === 1 ||
    typeof key === "number" ||
    (typeof parent === "string" && named.has(parent)) ||
    path.at(-3) === "rateLimits";
  return alone ? path : path.slice(0, -1);
}

/** Removes a value, or, where there is none, the nearest thing above it that is there. */
function remove(root: Record<string, unknown>, path: Path, kept: Map<string, number[]>): void {
  for (let length = path.length; length > 0; length--) {
    const parent = valueAt(root, path.slice(0, length - 1));
    const key = path[length - 1];
    if (key === undefined || typeof parent !== "object" || parent === null) continue;
    if (!Object.hasOwn(parent, key)) continue;
    if (!Array.isArray(parent)) {
      Reflect.deleteProperty(parent, key);
      return;
    }
    const place = keyOf(path.slice(0, length - 1));
    const indexes = kept.get(place) ?? parent.map((_, i) => i);
    indexes.splice(Number(key), 1);
    kept.set(place, indexes);
    parent.splice(Number(key), 1);
    return;
  }
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}
