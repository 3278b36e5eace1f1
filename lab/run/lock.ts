import { readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { LabError } from "../problem";
import { startTime } from "./pid";

interface Owner {
  readonly pid: number;
  readonly started: string;
}

/**
 * Does something that only one command may do at a time to one lab. A lock whose owner was killed counts
 * for nothing.
 * @throws {LabError} when another command is at it.
 */
export async function withLock<T>(folder: string, action: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "lock");
  take(file);
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): void {
  const owner: Owner = { pid: process.pid, started: startTime(process.pid) ?? "" };
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(owner), { flag: "wx" });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const other = read(file);
    if (other && startTime(other.pid) === other.started) break;
    rmSync(file, { force: true });
  }
  throw new LabError(
    `Another command (process ${read(file)?.pid ?? "unknown"}) works on this lab.`,
    "Wait until it has ended, or choose another lab with LAB_DIR.",
  );
}

function read(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}
