import type { z } from "zod";
import { parseYaml } from "./document";
import type { Entry, EntryFile } from "./entry";
import { checkForEnvironment } from "./environment-rules";
import { explain } from "./explain";
import { readSources } from "./files";
import type { SourceFile } from "./files";
import { notes } from "./notes";
import { CatalogueError, formatProblem, show, sortProblems } from "./problem";
import type { Problem } from "./problem";
import { checkTogether } from "./rules";
import { serverEntry } from "./server";
import type { Settings } from "./settings";

/** Entries that are right, and everything said about the ones that are not. */
export interface CheckedCatalogue {
  /** Entries without errors of their own, in the order of their files. */
  readonly entries: readonly Entry[];
  /** All errors and notes, sorted by file and line. */
  readonly problems: readonly Problem[];
}

const schemas: Readonly<Record<string, z.ZodType<Entry>>> = { Server: serverEntry };

/**
 * Reads and checks a catalogue: every entry against its schema, then all of them together, then, if one
 * is given, against what an environment can do.
 * Nothing is thrown for what an entry says; see the result's problems.
 * @throws {UnreadableError} when a path does not exist or may not be read.
 */
export function checkCatalogue(paths: readonly string[], settings?: Settings): CheckedCatalogue {
  const sources = readSources(paths);
  const read = sources.files.map(readEntry);
  const files = read.flatMap(({ document, entry }) => (document ? [{ document, entry }] : []));
  const entries = files.flatMap(({ entry }) => entry ?? []);
  const problems = [
    ...sources.problems,
    ...read.flatMap((result) => result.problems),
    ...checkTogether(files),
    ...notes(files),
    ...(settings ? checkForEnvironment(files, settings) : []),
  ];
  return { entries, problems: sortProblems(problems) };
}

/**
 * Reads a catalogue that must be right, for an environment.
 * @param onNote Is told each thing worth saying that is no error.
 * @throws {CatalogueError} with every error, when there is one.
 * @throws {UnreadableError} when a path does not exist or may not be read.
 */
export function loadCatalogue(
  paths: readonly string[],
  settings: Settings,
  onNote: (note: string) => void,
): readonly Entry[] {
  const { entries, problems } = checkCatalogue(paths, settings);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new CatalogueError(errors);
  for (const note of problems) onNote(formatProblem(note));
  return entries;
}

interface ReadEntry extends Partial<EntryFile> {
  readonly problems: readonly Problem[];
}

function readEntry({ file, text }: SourceFile): ReadEntry {
  const { document, problems } = parseYaml(file, text);
  if (!document) return { problems };
  const { value } = document;
  const refuse = (path: string, message: string): ReadEntry => ({
    document,
    problems: [
      { file, position: document.locate(path ? [path] : []), path, message, severity: "error" },
    ],
  });
  if (value === null) return refuse("", "the file is empty; write an entry, or delete the file");
  if (typeof value !== "object" || Array.isArray(value))
    return refuse("", `${show(value)} is not an entry; write a map that begins with kind: Server`);
  const kind: unknown = (value as Record<string, unknown>).kind;
  const schema =
    typeof kind === "string" && Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;
  const kinds = Object.keys(schemas).join(", ");
  if (!schema)
    return refuse(
      "kind",
      kind === undefined
        ? `is missing; write one of ${kinds}`
        : `${show(kind)} is not a kind of entry; write one of ${kinds}`,
    );
  const result = schema.safeParse(value);
  return result.success
    ? { document, entry: result.data, problems: [] }
    : { document, problems: explain(result.error, document) };
}
