import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { LabError } from "../problem";
import type { ProgressLine } from "../progress";
import { project } from "../settings";
import { publish } from "./cache";
import { go, goLines } from "./go";
import type { ModulePath, SourceEdit, ToolPart } from "./parts";

/**
 * Builds a part into a folder of the cache.
 * @throws {LabError} with the last lines of the build's log when it fails.
 */
export async function build(part: ToolPart, folder: string, line: ProgressLine): Promise<void> {
  const built = `${folder}.${process.pid}`;
  const log = `${folder}.log`;
  const source = sourceFolder(part);
  mkdirSync(built, { recursive: true });
  writeFileSync(log, "");
  line.update("fetching modules");
  const modules = await moduleFolders(part, source, log);
  if (part.binaries.length > 0) await compile(part, built, modules, log, line);
  for (const [name, from] of Object.entries(part.folders ?? {}))
    copyTree(inModule(from, modules), join(built, name));
  for (const [name, from] of Object.entries(part.files ?? {}))
    copyFile(inModule(from, modules), join(built, name));
  publish(built, folder);
  line.done("built");
}

/** Compiles a part's programs into a folder. */
async function compile(
  part: ToolPart,
  folder: string,
  modules: ReadonlyMap<string, string>,
  log: string,
  line: ProgressLine,
): Promise<void> {
  const source = sourceFolder(part);
  const packages = part.binaries.map(({ package: name }) => name);
  const overlay = join(folder, "overlay.json");
  writeFileSync(overlay, JSON.stringify({ Replace: embeds(part, source, modules) }));
  const edited = join(folder, "edited");
  const flags = ["-overlay", overlay, ...editedModules(part, source, modules, edited)];
  const all = (await go(source, ["list", "-deps", ...flags, ...packages], log)).split("\n").length;
  let compiled = 0;
  for (const { file, package: name } of part.binaries) {
    const output = ["-o", join(folder, file), "-ldflags", await linkerFlags(part, source, log)];
    const onLine = (): void => {
      compiled++;
      line.update(`compiling: ${compiled} of at most ${all} packages`);
    };
    await goLines(source, ["build", "-v", ...flags, ...output, name], log, onLine, "stderr");
  }
  rmSync(edited, { recursive: true, force: true });
}

/** Folders of the modules whose files a part takes, by module. */
async function moduleFolders(
  part: ToolPart,
  source: string,
  log: string,
): Promise<ReadonlyMap<string, string>> {
  const taken = [
    ...Object.values(part.embeds ?? {}),
    ...Object.values(part.folders ?? {}),
    ...Object.values(part.files ?? {}),
    ...(part.edits ?? []).map(({ file }) => file),
  ];
  const modules = [...new Set(taken.map(({ module }) => module))];
  const found = await Promise.all(
    modules.map(async (module) => {
      const answer = await go(source, ["mod", "download", "-json", module], log);
      return [module, (JSON.parse(answer) as { readonly Dir: string }).Dir] as const;
    }),
  );
  return new Map(found);
}

function inModule({ module, path }: ModulePath, modules: ReadonlyMap<string, string>): string {
  return join(modules.get(module) ?? "", path);
}

// go:embed takes files of its own package only; an overlay puts the other module's files there.
function embeds(part: ToolPart, source: string, modules: ReadonlyMap<string, string>) {
  return Object.fromEntries(
    Object.entries(part.embeds ?? {}).map(([file, from]) => [
      join(source, file),
      inModule(from, modules),
    ]),
  );
}

/** Copies the modules that a part changes, and gives the flags that put the copies in their place. */
function editedModules(
  { edits = [] }: ToolPart,
  source: string,
  modules: ReadonlyMap<string, string>,
  folder: string,
): readonly string[] {
  if (edits.length === 0) return [];
  mkdirSync(folder);
  const changed = [...new Set(edits.map(({ file }) => file.module))];
  const replaced = changed.map((module, i) => {
    const copy = join(folder, String(i));
    copyTree(modules.get(module) ?? "", copy);
    for (const edit of edits.filter(({ file }) => file.module === module)) {
      const file = join(copy, edit.file.path);
      writeFileSync(file, apply(edit, readFileSync(file, "utf8")));
    }
    return `replace ${module} => ${copy}\n`;
  });
  const file = join(folder, "go.mod");
  writeFileSync(file, readFileSync(join(source, "go.mod"), "utf8") + replaced.join(""));
  cpSync(join(source, "go.sum"), join(folder, "go.sum"));
  return [`-modfile=${file}`];
}

/** Copies a folder of the module cache, whose files and folders nobody may change or remove. */
function copyTree(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(to, { withFileTypes: true, recursive: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}

/** Copies a file of the module cache into a folder that may not be there yet. */
function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, 0o644);
}

function apply({ file, replace }: SourceEdit, text: string): string {
  return replace.reduce((result, [from, to]) => {
    if (result.split(from).length !== 2)
      throw new LabError(
        `${file.path} of ${file.module} is not as the edit in lab/build/parts.ts expects.`,
        "The module's version was changed; see whether the edit is still needed.",
      );
    return result.replace(from, () => to);
  }, text);
}

async function linkerFlags(part: ToolPart, source: string, log: string): Promise<string> {
  if (!part.version) return "-s -w";
  const { variable, module, v } = part.version;
  const version = await go(source, ["list", "-m", "-f", "{{.Version}}", module], log);
  return `-s -w -X ${variable}=${v ? version : version.replace(/^v/, "")}`;
}

/** Folder that holds a part's go.mod. */
export function sourceFolder({ name }: ToolPart): string {
  return join(project, "lab", "tools", name);
}
