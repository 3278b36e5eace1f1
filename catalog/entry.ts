import type { YamlDocument } from "./document";
import type { ServerEntry } from "./server";

/** One entry of the catalogue. */
export type Entry = ServerEntry;

/** A file of the catalogue, and its entry when nothing is wrong with it. */
export interface EntryFile {
  /** The file, parsed, for complaints that need a place. */
  readonly document: YamlDocument;
  /** The entry; absent when it has errors of its own. */
  readonly entry?: Entry;
}
