import type { z } from "zod";
import { closest } from "./closest";
import type { Path } from "./document";
import type { Position, Problem } from "./problem";
import { show } from "./problem";

/** A path as people write it: `resources.limits.cpu`, `args[0]`, `env["a.b"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${text}[${show(key)}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}

/** A source of values that can tell where they stand; see {@link YamlDocument}. */
export interface Located {
  /** The file as the user named it. */
  readonly file: string;
  /** Where the value at a path stands, if that is known. */
  readonly locate: (path: Path) => Position | undefined;
  /** Where a key stands, if that is known. */
  readonly locateKey: (path: Path) => Position | undefined;
}

/** Turns what zod found into problems with file, line and column; one for each unknown key. */
export function explain(error: z.ZodError, source: Located): readonly Problem[] {
  return error.issues.flatMap((issue) => explainIssue(issue, [], source));
}

function explainIssue(issue: z.core.$ZodIssue, above: Path, source: Located): readonly Problem[] {
  const path = [
    ...above,
    ...issue.path.map((key) => (typeof key === "symbol" ? String(key) : key)),
  ];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(source, [...path, key], issue.message));
  if (issue.code === "invalid_key")
    return issue.issues.map(({ message }) =>
      problem(source.file, source.locateKey(path), path, message),
    );
  const meant = issue.code === "invalid_union" ? meantBranch(issue.errors) : undefined;
  if (meant) return meant.flatMap((inner) => explainIssue(inner, path, source));
  return [problem(source.file, source.locate(path), path, issue.message)];
}

function problem(
  file: string,
  position: Position | undefined,
  path: Path,
  message: string,
): Problem {
  return { file, position, path: formatPath(path), message, severity: "error" };
}

type Branch = readonly z.core.$ZodIssue[];

/**
 * The alternative of a union that a wrong value most likely meant: the one with the fewest complaints,
 * none of them about the value as a whole. None when two are as near; the union's own message is better then.
 */
function meantBranch(branches: readonly Branch[]): Branch | undefined {
  const near = branches
    .filter((issues) => issues.every((i) => i.path.length > 0 || i.code === "unrecognized_keys"))
    .map((issues) => ({ issues, size: issues.reduce((n, i) => n + complaints(i), 0) }))
    .sort((a, b) => a.size - b.size);
  const [first, second] = near;
  return first && first.size !== second?.size ? first.issues : undefined;
}

function complaints(issue: z.core.$ZodIssue): number {
  return issue.code === "unrecognized_keys" ? issue.keys.length : 1;
}

// More keys than a line of a terminal takes.
const mostListed = 12;

function unknownKey(source: Located, path: Path, keys: string): Problem {
  const key = String(path.at(-1));
  const known = JSON.parse(keys) as string[];
  const near = closest(key, known);
  const advice = near
    ? `did you mean ${show(near)}?`
    : known.length > mostListed
      ? "remove it, or write one that mcp-fleet schema lists"
      : `remove it, or write one of ${known.join(", ")}`;
  return problem(source.file, source.locateKey(path), path, `unknown key ${show(key)}; ${advice}`);
}
