import { readFileSync } from "node:fs";

/** A failure of the lab that a person can act on; `main.ts` prints it without a stack. */
export class LabError extends Error {
  /**
   * @param message What went wrong.
   * @param fix What to do about it.
   * @param log File that tells more; its last lines are added to the message.
   */
  constructor(message: string, fix: string, log?: string) {
    super([message, fix, ...(log ? [tail(log)] : [])].join("\n"));
    this.name = "LabError";
  }
}

const shownLines = 15;

/** The last lines of a log file, indented, under its name. */
export function tail(log: string): string {
  let lines: readonly string[];
  try {
    lines = readFileSync(log, "utf8").trimEnd().split("\n").slice(-shownLines);
  } catch {
    lines = ["(there is no such file yet)"];
  }
  return [`last lines of ${log}:`, ...lines.map((line) => `  ${line.slice(0, 400)}`)].join("\n");
}
