import { mkdirSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { delimiter, join } from "node:path";
import { LabError } from "../problem";
import { Progress } from "../progress";
import type { LabSettings, NodeKind } from "../settings";
import { build, sourceFolder } from "./build";
import { cacheKey, damage, isExecutable, notBuilt, sweep } from "./cache";
import { requireGo } from "./go";
import { toolParts } from "./parts";
import type { ToolPart } from "./parts";

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
 * @param uses Kinds of nodes that they are for, and whether they are for tests or the benchmark.
 * @throws {LabError} when something must be built and cannot be.
 */
export async function findTools(
  settings: LabSettings,
  ...uses: readonly (NodeKind | "tests" | "bench")[]
): Promise<Tools> {
  const cache = join(settings.cache, "tools");
  const onPath = settings.toolsFromPath ? programsOnPath(process.env.PATH ?? "") : new Map();
  const found = toolParts
    .filter(({ tests }) => !tests || uses.includes("tests"))
    .filter(({ bench }) => !bench || uses.includes("bench"))
    .filter(({ node }) => node === undefined || uses.includes(node))
    .filter(
      ({ binaries, folders, files }) =>
        folders ?? files ?? !binaries.every(({ file }) => onPath.has(file)),
    )
    .map((part) => findPart(part, cache));
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

/**
 * Folder of a part in the cache, for what takes its tools or files as they are and builds none.
 * @throws {LabError} when it is not there whole.
 */
export function builtPart(settings: LabSettings, name: string): string {
  const part = toolParts.find((one) => one.name === name);
  if (!part) throw new Error(`the lab has no part ${name}`);
  const { folder, lacks } = findPart(part, join(settings.cache, "tools"));
  if (lacks === undefined) return folder;
  throw new LabError(
    `${name}: ${lacks}.`,
    "Build it: node --require esbuild-register lab/main.ts tools",
  );
}

function findPart(part: ToolPart, cache: string): Found {
  const folder = join(cache, `${part.name}-${cacheKey(sourceFolder(part), part)}`);
  return { part, folder, lacks: damage(folder) };
}

function toolsFrom(programs: ReadonlyMap<string, string>, found: readonly Found[]): Tools {
  const toolhive = found.find(({ part }) => part.name === "toolhive");
  if (!toolhive) throw new Error("no part holds ToolHive's charts");
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
  const half = missing.filter(({ lacks }) => lacks !== notBuilt);
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
