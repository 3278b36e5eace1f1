import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CatalogueError, isSliceOf, sliceStackName, stackFile } from "../catalog";
import type { Problem } from "../catalog";
import type { Fleet, FleetStack } from "../engines";
import { planFleet } from "./plan";
import { readStackFile, sliceFile, writeSliceFile } from "./slice-file";

/**
 * The stacks of an environment as engines see them, which read the files of a repository: the platform, the
 * slices with entries, and those whose file is there still though their last entry has gone, because only one
 * more update of them takes that entry away.
 * @param write Whether files of slices are written where they are missing or out of date.
 * @throws {CatalogueError} when the settings or the catalogue are wrong, and when files of slices are missing,
 * out of date, or of another cut.
 * @throws {UnreadableError} when the environment or its catalogue is not there.
 */
export function listStacks(project: string, environment: string, write: boolean): Fleet {
  const { settings, slices: planned, stackOf } = planFleet(project, environment);
  const slices: FleetStack[] = [...planned].map(([stack, { name, entries }]) => ({
    stack,
    slice: name,
    entries: entries.length,
  }));
  const problems: Problem[] = [];
  for (const slice of slicesWithFile(project, environment)) {
    const stack = sliceStackName(environment, slice);
    if (planned.has(stack)) continue;
    if (settings.slices && isSliceOf(slice, settings.slices))
      slices.push({ stack, slice, entries: 0 });
    else
      problems.push(
        problem(
          stack,
          `is of a slice that ${environment} is not cut into any more; run mcp-fleet up --env ${environment}, which moves what it holds and removes the file`,
        ),
      );
  }
  slices.sort((a, b) => (a.stack < b.stack ? -1 : 1));
  for (const { stack, slice = "" } of slices) {
    if (write) writeSliceFile(project, environment, slice, stack);
    else problems.push(...fileProblems(project, environment, slice, stack));
  }
  if (problems.length > 0) throw new CatalogueError(problems);
  const inSlices = slices.reduce((sum, { entries }) => sum + entries, 0);
  const platform = { stack: environment, entries: stackOf.size - inSlices };
  return { environment, platform, slices };
}

/** Whether a key service protects the secrets of an environment's stacks; else a passphrase does. */
export function hasKeyService(project: string, environment: string): boolean {
  const { secretsprovider } = readStackFile(join(project, stackFile(environment)));
  return secretsprovider !== undefined && secretsprovider !== "passphrase";
}

/** Slices of an environment that have a file, by the order of the alphabet. */
function slicesWithFile(project: string, environment: string): readonly string[] {
  const folder = join(project, dirname(stackFile(environment)));
  const [before = "", after = ""] = basename(stackFile(`${environment}.*`)).split("*");
  return readdirSync(folder)
    .filter((file) => file.startsWith(before) && file.endsWith(after))
    .flatMap((file) => {
      const name = file.slice(before.length, file.length - after.length);
      // An environment of its own may be named like that too.
      const own = readStackFile(join(folder, file)).config?.["mcp-fleet:slice"];
      return own === undefined ? [] : [name];
    })
    .sort();
}

function fileProblems(
  project: string,
  environment: string,
  slice: string,
  stack: string,
): readonly Problem[] {
  const file = join(project, stackFile(stack));
  const fix = `run mcp-fleet stacks --env ${environment} --write, and commit it: engines read it from the repository`;
  if (!existsSync(file)) return [problem(stack, `is missing; ${fix}`)];
  if (readFileSync(file, "utf8") === sliceFile(project, environment, slice)) return [];
  return [problem(stack, `is not as ${stackFile(environment)} has it now; ${fix}`)];
}

function problem(stack: string, message: string): Problem {
  return { file: stackFile(stack), path: "", message, severity: "error" };
}
