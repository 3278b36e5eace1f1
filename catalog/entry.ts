import type { Path, YamlDocument } from "./document";
import { remoteEntry } from "./remote";
import type { RemoteEntry } from "./remote";
import { serverEntry } from "./server";
import type { ServerEntry } from "./server";

/** One entry of the catalogue. */
export type Entry = ServerEntry | RemoteEntry;

/** The fields of an entry that are right, of which some may be missing. */
export type PartialEntry =
  | (Partial<Omit<ServerEntry, "kind">> & { readonly kind: "Server" })
  | (Partial<Omit<RemoteEntry, "kind">> & { readonly kind: "Remote" });

/** Schemas by kind of entry. */
export const entrySchemas = { Server: serverEntry, Remote: remoteEntry } as const;

/** A file of the catalogue, and its entry when nothing is wrong with it. */
export interface EntryFile {
  /** The file, parsed, for complaints that need a place. */
  readonly document: YamlDocument;
  /** The entry; absent when it has errors of its own. */
  readonly entry?: Entry;
  /** What is right of it, so that rules over several fields or entries see all they can. */
  readonly partial: PartialEntry;
  /** A path of what was written, for one of {@link partial}. */
  readonly written?: (path: Path) => Path;
}

/** What a rule says about an entry: where, what and what to do. */
export interface Finding {
  /** Path of the field. */
  readonly path: Path;
  /** What is wrong, with the value, and what to write instead. */
  readonly message: string;
  /** Whether it only advises; it refuses the entry otherwise. */
  readonly note?: boolean;
}
