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
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === "symbol" ? String(key) : key));
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => unknownKey(source, [...path, key], issue.message));
    return [
      {
        file: source.file,
        position: source.locate(path),
        path: formatPath(path),
        message: issue.message,
        severity: "error" as const,
      },
    ];
  });
}

function unknownKey(source: Located, path: Path, keys: string): Problem {
  const key = String(path.at(-1));
  const known = JSON.parse(keys) as string[];
  const near = closest(key, known);
  const advice = near
    ? `did you mean ${show(near)}?`
    : `remove it, or write one of ${known.join(", ")}`;
  return {
    file: source.file,
    position: source.locateKey(path),
    path: formatPath(path),
    message: `unknown key ${show(key)}; ${advice}`,
    severity: "error",
  };
}
