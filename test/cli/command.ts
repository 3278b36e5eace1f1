import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The project that is tested. */
export const project = join(__dirname, "..", "..");

/** What a run of the command gave. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

/** Runs `mcp-fleet` in a folder. */
export function mcpFleet(cwd: string, ...args: readonly string[]): Ran {
  const since = process.hrtime.bigint();
  const program = join(project, "bin", "mcp-fleet.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: "utf8",
  });
  const seconds = Number(process.hrtime.bigint() - since) / 1e9;
  return { code: status, out: stdout, err: stderr, seconds };
}
