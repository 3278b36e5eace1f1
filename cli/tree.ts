import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { renderedMark } from "../manifests";

/** What {@link writeTree} did. */
export interface TreeChange {
  /** Files that are new or have new content. */
  readonly written: readonly string[];
  /** Files of an earlier run that nothing renders any more. */
  readonly removed: readonly string[];
}

/**
 * Makes a folder hold these files, by their paths in it. Of what lies there otherwise, only YAML files
 * that carry the mark of an earlier run are removed.
 */
export function writeTree(folder: string, files: ReadonlyMap<string, string>): TreeChange {
  const written = [...files].flatMap(([path, text]) => {
    const target = join(folder, path);
    if (existsSync(target) && readFileSync(target, "utf8") === text) return [];
    mkdirSync(dirname(target), { recursive: true });
    // A reader sees the old file or the new one, never half of it.
    writeFileSync(`${target}.new`, text);
    renameSync(`${target}.new`, target);
    return [path];
  });
  const removed = readdirSync(folder, { withFileTypes: true })
    .filter((sub) => sub.isDirectory())
    .flatMap((sub) => readdirSync(join(folder, sub.name)).map((name) => join(sub.name, name)))
    .filter((path) => !files.has(path) && isRendered(join(folder, path)));
  for (const path of removed) rmSync(join(folder, path));
  return { written, removed };
}

function isRendered(file: string): boolean {
  return file.endsWith(".yaml") && readFileSync(file, "utf8").startsWith(renderedMark);
}
