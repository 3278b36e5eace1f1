import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one run of a program took. */
export interface Cost {
  /** Seconds from its start to its end. */
  readonly wall: number;
  /** The most memory that its process has had, in megabytes. */
  readonly peak: number;
  /** What it printed. */
  readonly out: string;
}

/**
 * Runs a program of Node to its end and says what it took.
 * @param cwd Folder in which it runs.
 * @throws {Error} when its exit code is not 0.
 */
export function measure(cwd: string, ...program: readonly string[]): Cost {
  const folder = mkdtempSync(join(tmpdir(), "bench-peak-"));
  const peak = join(folder, "kilobytes");
  try {
    const since = process.hrtime.bigint();
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["-r", require.resolve("esbuild-register"), "-r", join(__dirname, "peak.ts"), ...program],
      {
        cwd,
        encoding: "utf8",
        maxBuffer: Infinity,
        env: { ...process.env, BENCH_PEAK: peak },
      },
    );
    const wall = Number(process.hrtime.bigint() - since) / 1e9;
    if (status !== 0)
      throw new Error(`${program.join(" ")}: exit code ${status}\n${stdout}${stderr}`);
    return { wall, peak: (Number(readFileSync(peak, "utf8")) * 1024) / 1e6, out: stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
