import { readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "./problem";
import type { Problem } from "./problem";

/** Raised when a path of a catalogue cannot be read at all: the run could not be made, which is no finding. */
export class UnreadableError extends Error {
  constructor(path: string, cause: unknown) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason: Readonly<Record<string, string>> = {
      ENOENT: "there is no such file or folder",
      EACCES: "this user may not read it",
      ELOOP: "its symbolic links lead in a circle",
    };
    super(`${path}: ${reason[code ?? ""] ?? (cause as Error).message}`, { cause });
    this.name = "UnreadableError";
  }
}

/** The text of one file. */
export interface SourceFile {
  /** The file as the user named it, or the named folder and the path inside it. */
  readonly file: string;
  /** Its content. */
  readonly text: string;
}

/** Files read, and complaints about folders that hold none and files that are not text. */
export interface Sources {
  /** Files in the order given, and inside a folder by name. */
  readonly files: readonly SourceFile[];
  /** What was wrong with the folders and files themselves. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the YAML files that the paths name: a file as it is, a folder with all its folders
 * (`*.yaml`, `*.yml`, none that start with a dot). A file named twice is read once.
 * @throws {UnreadableError} when a path does not exist or may not be read.
 */
export function readSources(paths: readonly string[]): Sources {
  const problems: Problem[] = [];
  const found = new Map<string, string>();
  for (const path of paths) {
    const inside = guarded(path, () => list(path));
    if (inside.length === 0)
      problems.push(problem(path, "this folder holds no entry; write one as <name>.yaml"));
    for (const file of inside) {
      const real = guarded(file, () => realpathSync(file));
      if (!found.has(real)) found.set(real, file);
    }
  }
  const files: SourceFile[] = [];
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (const file of found.values()) {
    const bytes = guarded(file, () => readFileSync(file));
    try {
      files.push({ file, text: decoder.decode(bytes) });
    } catch {
      problems.push(problem(file, "this is not UTF-8 text; save it as UTF-8"));
    }
  }
  return { files, problems };
}

function list(path: string, above: readonly string[] = []): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const real = realpathSync(path);
  // A link to a folder above would be listed for ever.
  if (above.includes(real)) return [];
  return readdirSync(path)
    .filter((name) => !name.startsWith("."))
    .sort(compareText)
    .map((name) => join(path, name))
    .flatMap((child) =>
      statSync(child).isDirectory() || /\.ya?ml$/.test(child) ? list(child, [...above, real]) : [],
    );
}

function guarded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    throw new UnreadableError((error as NodeJS.ErrnoException).path ?? path, error);
  }
}

function problem(file: string, message: string): Problem {
  return { file, path: "", message, severity: "error" };
}
