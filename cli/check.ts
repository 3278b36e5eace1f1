import { join } from "node:path";
import { checkCatalogue, formatProblems, readSettings } from "../catalog";
import type { CheckedCatalogue } from "../catalog";
import { exitCode } from "./exit-code";

/** Options of `mcp-fleet check`. */
export interface CheckOptions {
  /** Environment to check for too, whose settings are in `stacks/Pulumi.<stack>.yaml`. */
  readonly stack?: string;
  /** Folder that holds Pulumi.yaml. */
  readonly project: string;
  /** Print the result as JSON. */
  readonly json?: boolean;
}

/**
 * `mcp-fleet check`: prints every problem of the entries, and with a stack also what its environment
 * cannot make of them; exit code 1 when one is an error.
 */
export function check(paths: readonly string[], options: CheckOptions): void {
  const { json = false } = options;
  const { entries, problems } = checked(paths, options);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors > 0) process.exitCode = exitCode.found;
  if (json) {
    const flat = problems.map(({ position, ...rest }) => ({ ...rest, ...position }));
    console.log(JSON.stringify({ entries: entries.length, errors, problems: flat }, undefined, 2));
    return;
  }
  if (problems.length > 0) console.log(formatProblems(problems));
  const right = `${count(entries.length, "entry", "entries")} without errors`;
  console.log(errors === 0 ? right : `${right}, ${count(errors, "error", "errors")}`);
}

function checked(paths: readonly string[], { stack, project }: CheckOptions): CheckedCatalogue {
  const settings = stack === undefined ? undefined : readSettings(project, stack);
  const own = (settings?.catalogue ?? ["inventory"]).map((path) => join(project, path));
  return checkCatalogue(paths.length > 0 ? paths : own, settings);
}

/** A number with its noun. */
export function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
