import { changed } from "./catalogue-folder";

/** Files by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What is wrong, the files, and every message that is expected, in order. */
export type Broken = readonly (readonly [string, Files, readonly string[]])[];

/** A catalogue of one file. */
export function one(text: string | Uint8Array): Files {
  return { "c/e.yaml": text };
}

/** A catalogue of the right entry with one text replaced. */
export function edited(from: string, to: string): Files {
  return one(changed(from, to));
}
