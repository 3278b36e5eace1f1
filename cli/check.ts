import { checkCatalogue, formatProblems } from "../catalog";
import { exitCode } from "./exit-code";

/** Options of `mcp-fleet check`. */
export interface CheckOptions {
  /** Print the result as JSON. */
  readonly json?: boolean;
}

/** `mcp-fleet check`: prints every problem of the entries; exit code 1 when one is an error. */
export function check(paths: readonly string[], { json = false }: CheckOptions): void {
  const { entries, problems } = checkCatalogue(paths);
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

/** A number with its noun. */
export function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
