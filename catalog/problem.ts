/** How bad a {@link Problem} is: an error refuses the catalogue, a note only advises. */
export type Severity = "error" | "note";

/** Where something stands in a file, both counted from 1. */
export interface Position {
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1, in UTF-16 code units as editors count them. */
  readonly column: number;
}

/** One thing that is wrong with, or worth saying about, a catalogue or the settings of an environment. */
export interface Problem {
  /** File as the user named it. */
  readonly file: string;
  /** Where in the file; absent when the whole file is meant. */
  readonly position?: Position;
  /** Path of the field in dots and brackets, such as `resources.limits.cpu`; empty for the whole entry. */
  readonly path: string;
  /** What is wrong, with the value, and what to write instead. */
  readonly message: string;
  /** How bad it is. */
  readonly severity: Severity;
}

/**
 * Raised when a catalogue or a settings file cannot be used. Carries every problem found, not only
 * the first, so that one run shows all there is to mend.
 */
export class CatalogueError extends Error {
  /** Every problem found, in the order of files and lines. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.name = "CatalogueError";
    this.problems = problems;
  }
}

/** One problem as `file:line:column: path: message`, the shape that editors and CI logs make clickable. */
export function formatProblem(problem: Problem): string {
  const { file, position, path, message, severity } = problem;
  const place = position ? `${file}:${position.line}:${position.column}` : file;
  const note = severity === "note" ? "note: " : "";
  return `${place}: ${note}${path === "" ? "" : `${path}: `}${message}`;
}

/** All problems, one a line, sorted by file and position. */
export function formatProblems(problems: readonly Problem[]): string {
  return sortProblems(problems).map(formatProblem).join("\n");
}

/** A copy sorted by file, line and column; problems at one place keep their order. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
      (a.position?.column ?? 0) - (b.position?.column ?? 0),
  );
}

/** Orders text by code unit, so that the order is the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const longestShown = 80;

/** JSON of a value; YAML's aliases can make one that holds itself, of which JSON knows nothing. */
function json(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "a value that holds itself";
  }
}

/**
 * A value as an error message may show it: JSON on one line, control characters escaped (so that text
 * from a catalogue cannot move a terminal's cursor), at most 80 characters.
 */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  // JSON escapes C0 controls; C1, bidirectional and other format characters need it too.
  const text = json(value).replace(
    /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu,
    (c) => `\\u${c.codePointAt(0)?.toString(16).padStart(4, "0") ?? ""}`,
  );
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
