import { z } from "zod";
import { closest } from "./closest";
import { show } from "./problem";

/** What a field is, in the words that errors, editors and the reference page share. */
export interface FieldDoc {
  /** What the field means, as a sentence. */
  readonly description: string;
  /** What a right value is, to follow "write …": `a DNS label of at most 50 characters`. */
  readonly expects: string;
  /** A right value. */
  readonly example: unknown;
}

/** Error text of a field: the value that stands there, and what to write instead. */
export function wrong(doc: FieldDoc): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => {
    const advice = `write ${doc.expects}, for example ${show(doc.example)}`;
    return input === undefined ? `is missing; ${advice}` : `${show(input)} does not fit; ${advice}`;
  };
}

function meta(doc: FieldDoc): { description: string; examples: unknown[] } {
  return { description: doc.description, examples: [doc.example] };
}

/** Text of one line that matches a pattern in full and has at most `max` characters. */
export function text(doc: FieldDoc, pattern: RegExp, max: number): z.ZodString {
  const error = wrong(doc);
  return z.string({ error }).max(max, { error }).regex(pattern, { error }).meta(meta(doc));
}

/** A whole number from `min` to `max`. */
export function integer(doc: FieldDoc, min: number, max: number): z.ZodNumber {
  const error = wrong(doc);
  return z.int({ error }).min(min, { error }).max(max, { error }).meta(meta(doc));
}

/**
 * One of a few words.
 * @param advised The words that messages name, where not all are to be advised.
 */
export function oneOf<const T extends readonly [string, ...string[]]>(
  doc: Omit<FieldDoc, "expects">,
  words: T,
  advised: readonly string[] = words,
): z.ZodEnum<{ [K in T[number]]: K }> {
  const expects = `one of ${advised.join(", ")}`;
  const error = ({ input }: { readonly input?: unknown }): string => {
    if (input === undefined) return `is missing; write ${expects}`;
    const near = typeof input === "string" ? closest(input, advised) : undefined;
    return `${show(input)} is not known${near ? `, did you mean ${show(near)}?` : ";"} write ${expects}`;
  };
  return z.enum(words, { error }).meta(meta({ ...doc, expects }));
}

/** A map with exactly these keys; any other key is an error that names the nearest known one. */
export function map<T extends z.core.$ZodLooseShape>(
  doc: Omit<FieldDoc, "expects">,
  shape: T,
): z.ZodObject<T, z.core.$strict> {
  const keys = Object.keys(shape);
  const error = wrong({ ...doc, expects: `a map with ${keys.join(", ")}` });
  return z
    .strictObject(shape, {
      error: (issue) =>
        // explain.ts makes one problem of each unknown key and needs the known ones.
        issue.code === "unrecognized_keys" ? JSON.stringify(keys) : error(issue),
    })
    .meta(meta({ ...doc, expects: "" }));
}

/** A list of at least one item. */
export function list<T extends z.ZodType>(doc: FieldDoc, item: T): z.ZodArray<T> {
  const error = wrong(doc);
  return z.array(item, { error }).min(1, { error }).meta(meta(doc));
}

/** True or false. */
export function flag(doc: FieldDoc): z.ZodBoolean {
  return z.boolean({ error: wrong(doc) }).meta(meta(doc));
}
