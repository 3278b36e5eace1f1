import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { isRunning } from "../run/pid";

/** Name of the list that makes a folder of the cache complete; it is written last. */
const listName = "files.json";

/** Sizes of a part's files in bytes, by their paths in its folder. */
type Sizes = Readonly<Record<string, number>>;

/** Key of a part in the cache: it changes with everything that its files are made from. */
export function cacheKey(folder: string, recipe: unknown): string {
  const hash = createHash("sha256").update(`${process.platform}/${process.arch}\n`);
  for (const file of [...list(folder)].sort())
    hash.update(`${relative(folder, file)}\n`).update(readFileSync(file));
  return hash.update(JSON.stringify(recipe)).digest("hex").slice(0, 16);
}

/** What is wrong with a folder of the cache that is not there. */
export const notBuilt = "not built yet";

/** What is wrong with a folder of the cache; undefined when it is whole. */
export function damage(folder: string): string | undefined {
  if (!existsSync(folder)) return notBuilt;
  let sizes: Sizes;
  try {
    sizes = JSON.parse(readFileSync(join(folder, listName), "utf8")) as Sizes;
  } catch {
    return `${listName} is missing or broken`;
  }
  for (const [file, size] of Object.entries(sizes)) {
    const stat = statSync(join(folder, file), { throwIfNoEntry: false });
    if (stat?.size !== size) return `${file} is ${stat ? "damaged" : "missing"}`;
  }
  return undefined;
}

/** Whether a file may be run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Makes a finished folder the part's folder at once; whoever comes second keeps the first one's. */
export function publish(built: string, folder: string): void {
  const files = list(built);
  const sizes = Object.fromEntries(
    files.map((file) => [relative(built, file), statSync(file).size]),
  );
  writeFileSync(join(built, listName), JSON.stringify(sizes, undefined, 2));
  if (damage(folder) !== undefined) rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(built, folder);
  } catch (error) {
    if (damage(folder) !== undefined) throw error;
    rmSync(built, { recursive: true, force: true });
  }
}

/** Removes what killed builds have left behind; their folders are named `….<process id>`. */
export function sweep(cache: string): void {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) {
    const pid = /\.(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function list(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? list(path) : [path];
  });
}
