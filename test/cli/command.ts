import { spawn, spawnSync } from "node:child_process";
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

/** Runs `mcp-fleet` in a folder while the test goes on, which may answer it. */
export async function mcpFleetMeanwhile(
  cwd: string,
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Omit<Ran, "seconds">> {
  const program = join(project, "bin", "mcp-fleet.js");
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, err };
}
