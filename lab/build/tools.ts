import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { delimiter, join } from "node:path";
import { LabError } from "../problem";
import { Progress } from "../progress";
import type { ProgressLine } from "../progress";
import { project } from "../settings";
import type { LabSettings, NodeKind } from "../settings";
import { cacheKey, damage, isExecutable, publish, sweep } from "./cache";
import { go, goLines, requireGo } from "./go";
import { toolParts } from "./parts";
import type { ModulePath, ToolPart } from "./parts";

/** The lab's tools, ready to run. */
export interface Tools {
  /** Path of a program by its name. */
  readonly program: (name: string) => string;
  /** Folders to put before PATH, so that Pulumi finds its plugins. */
  readonly path: readonly string[];
  /** Folder of ToolHive's charts: `operator` and `operator-crds`. */
  readonly charts: string;
}

interface Found {
  readonly part: ToolPart;
  readonly folder: string;
  readonly lacks: string | undefined;
}

/**
 * Finds the tools in the cache, or on PATH when that is asked for, and builds those that are nowhere.
 * @throws {LabError} when something must be built and cannot be.
 */
export async function findTools(settings: LabSettings, node: NodeKind): Promise<Tools> {
  const cache = join(settings.cache, "tools");
  const onPath = settings.toolsFromPath ? programsOnPath(process.env.PATH ?? "") : new Map();
  const parts = toolParts
    .filter((part) => part.node === undefined || part.node === node)
    .filter(({ binaries, folders }) => folders ?? !binaries.every(({ file }) => onPath.has(file)));
  const found = parts.map((part): Found => {
    const folder = join(cache, `${part.name}-${cacheKey(sourceFolder(part), part)}`);
    return { part, folder, lacks: damage(folder) };
  });
  const missing = found.filter(({ lacks }) => lacks !== undefined);
  if (missing.length > 0) await buildAll(missing, cache);
  const programs = new Map<string, string>(
    found.flatMap(({ part, folder }) =>
      part.binaries.map(({ file }) => [file, join(folder, file)] as const),
    ),
  );
  for (const [file, path] of onPath as Map<string, string>) programs.set(file, path);
  return toolsFrom(programs, found);
}

function toolsFrom(programs: ReadonlyMap<string, string>, found: readonly Found[]): Tools {
  const toolhive = found.find(({ part }) => part.folders);
  if (!toolhive) throw new Error("no part holds the charts");
  return {
    program: (name) => {
      const path = programs.get(name);
      if (path === undefined) throw new Error(`no part of the lab gives ${name}`);
      return path;
    },
    path: found.map(({ folder }) => folder),
    charts: join(toolhive.folder, "charts"),
  };
}

function programsOnPath(path: string): ReadonlyMap<string, string> {
  const names = toolParts.flatMap(({ binaries }) => binaries.map(({ file }) => file));
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  return new Map(
    names.flatMap((name) => {
      const file = folders.map((folder) => join(folder, name)).find(isExecutable);
      return file === undefined ? [] : [[name, file] as const];
    }),
  );
}

async function buildAll(missing: readonly Found[], cache: string): Promise<void> {
  const half = missing.filter(({ lacks }) => lacks !== "not built yet");
  for (const { part, lacks } of half)
    process.stderr.write(`  ! ${part.name} in the cache is half built (${lacks ?? ""}): again\n`);
  await requireGo().catch((error: unknown) => {
    const names = missing.map(({ part, lacks }) => `${part.name} (${lacks ?? ""})`).join(", ");
    throw error instanceof LabError
      ? new LabError(`${error.message}\nTo build: ${names}.`, `Cache: ${cache}`)
      : error;
  });
  mkdirSync(cache, { recursive: true });
  sweep(cache);
  const progress = new Progress();
  const queue = missing.map((found) => ({
    ...found,
    line: progress.start(found.part.name, "waiting"),
  }));
  // Two compilers share the cores well; each can need about 4 GiB while it links.
  const memory = Math.floor(totalmem() / (4 * 1024 ** 3));
  const workers = Math.max(1, Math.min(availableParallelism(), memory, 4, queue.length));
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      try {
        await build(next.part, next.folder, next.line);
      } catch (error) {
        next.line.failed("failed");
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  if (failures.length > 0) throw failures[0];
}

async function build(part: ToolPart, folder: string, line: ProgressLine): Promise<void> {
  const built = `${folder}.${process.pid}`;
  const log = `${folder}.log`;
  const source = sourceFolder(part);
  mkdirSync(built, { recursive: true });
  writeFileSync(log, "");
  line.update("fetching modules");
  const packages = part.binaries.map(({ package: name }) => name);
  const modules = await moduleFolders(part, source, log);
  const overlay = join(built, "overlay.json");
  writeFileSync(overlay, JSON.stringify({ Replace: embeds(part, source, modules) }));
  const flags = ["-overlay", overlay];
  const all = (await go(source, ["list", "-deps", ...flags, ...packages], log)).split("\n").length;
  let compiled = 0;
  for (const { file, package: name } of part.binaries) {
    const output = ["-o", join(built, file), "-ldflags", await linkerFlags(part, source, log)];
    const onLine = (): void => {
      compiled++;
      line.update(`compiling: ${compiled} of at most ${all} packages`);
    };
    await goLines(source, ["build", "-v", ...flags, ...output, name], log, onLine, "stderr");
  }
  for (const [name, from] of Object.entries(part.folders ?? {}))
    cpSync(inModule(from, modules), join(built, name), { recursive: true });
  publish(built, folder);
  line.done("built");
}

/** Folders of the modules whose files a part takes, by module. */
async function moduleFolders(
  part: ToolPart,
  source: string,
  log: string,
): Promise<ReadonlyMap<string, string>> {
  const taken = [...Object.values(part.embeds ?? {}), ...Object.values(part.folders ?? {})];
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

async function linkerFlags(part: ToolPart, source: string, log: string): Promise<string> {
  if (!part.version) return "-s -w";
  const { variable, module, v } = part.version;
  const version = await go(source, ["list", "-m", "-f", "{{.Version}}", module], log);
  return `-s -w -X ${variable}=${v ? version : version.replace(/^v/, "")}`;
}

function sourceFolder({ name }: ToolPart): string {
  return join(project, "lab", "tools", name);
}
