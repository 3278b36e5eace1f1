import { parseYaml } from "./document";
import { entrySchemas } from "./entry";
import type { Entry, EntryFile } from "./entry";
import { entryFindings } from "./entry-rules";
import { checkForEnvironment, unknownEntries } from "./environment-rules";
import { explain } from "./explain";
import { readSources } from "./files";
import { toProblem } from "./finding";
import type { SourceFile } from "./files";
import { notes } from "./notes";
import { CatalogueError, formatProblem, show, sortProblems } from "./problem";
import type { Problem } from "./problem";
import { rightFields } from "./right-fields";
import { checkTogether } from "./rules";
import { takes } from "./settings";
import type { Settings } from "./settings";

/** Entries that are right, and everything said about the ones that are not. */
export interface CheckedCatalogue {
  /** Entries without errors of their own, in the order of their files. */
  readonly entries: readonly Entry[];
  /** All errors and notes, sorted by file and line. */
  readonly problems: readonly Problem[];
}

/**
 * Reads and checks a catalogue: every entry against its schema, then all of them together, then, if one
 * is given, against what an environment can do.
 * Nothing is thrown for what an entry says; see the result's problems.
 * @throws {UnreadableError} when a path does not exist or may not be read.
 */
export function checkCatalogue(paths: readonly string[], settings?: Settings): CheckedCatalogue {
  const sources = readSources(paths);
  const read = sources.files.map(readEntry);
  const files = read.flatMap(({ file }) => file ?? []);
  const taken = settings ? files.filter(({ partial }) => takes(settings, partial.name)) : files;
  const runs = new Set(taken);
  const entries = taken.flatMap(({ entry }) => entry ?? []);
  const problems = [
    ...sources.problems,
    ...read.flatMap(({ file, problems: own }) =>
      // Advice is for what the environment runs; a mistake is one wherever it stands.
      file && !runs.has(file) ? own.filter(({ severity }) => severity === "error") : own,
    ),
    ...checkTogether(files),
    ...notes(taken),
    ...(settings
      ? [...checkForEnvironment(taken, settings), ...unknownEntries(files, settings)]
      : []),
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

interface ReadEntry {
  readonly file?: EntryFile;
  readonly problems: readonly Problem[];
}

function readEntry({ file, text }: SourceFile): ReadEntry {
  const { document, problems } = parseYaml(file, text);
  if (!document) return { problems };
  const { value } = document;
  const refuse = (path: readonly string[], message: string): ReadEntry => ({
    problems: [toProblem({ document }, { path, message })],
  });
  if (value === null) return refuse([], "the file is empty; write an entry, or delete the file");
  if (typeof value !== "object" || Array.isArray(value))
    return refuse([], `${show(value)} is not an entry; write a map that begins with kind: Server`);
  const kind: unknown = (value as Record<string, unknown>).kind;
  if (!isKind(kind)) {
    const kinds = Object.keys(entrySchemas).join(", ");
    return refuse(
      ["kind"],
      kind === undefined
        ? `is missing; write one of ${kinds}`
        : `${show(kind)} is not a kind of entry; write one of ${kinds}`,
    );
  }
  const result = entrySchemas[kind].safeParse(value);
  const own = {
    document,
    ...(result.success ? { partial: result.data } : rightFields(kind, value)),
  };
  const found = entryFindings(own.partial, value);
  const sound = result.success && found.every(({ note }) => note);
  return {
    file: sound ? { ...own, entry: result.data } : own,
    problems: [
      ...(result.success ? [] : explain(result.error, document)),
      ...found.map((finding) => toProblem(own, finding)),
    ],
  };
}

function isKind(kind: unknown): kind is keyof typeof entrySchemas {
  return typeof kind === "string" && Object.hasOwn(entrySchemas, kind);
}
