import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process with this id exists and has not ended; a zombie has. */
export function isRunning(pid: number): boolean {
  return startTime(pid) !== undefined;
}

/**
 * When a process began, in a unit that only comparison knows: with the id it names one process for
 * ever, while an id alone is given again. Undefined when there is no such process, or it has ended.
 */
export function startTime(pid: number): string | undefined {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name, in brackets, may hold anything; state is the first field after it, start time the 20th.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): string | undefined {
  try {
    const args = ["-o", "stat=,lstart=", "-p", String(pid)];
    const answer = execFileSync("ps", args, { stdio: ["ignore", "pipe", "ignore"] });
    const text = answer.toString().trim();
    return text === "" || text.startsWith("Z") ? undefined : text.replace(/^\S+\s+/, "");
  } catch {
    return undefined;
  }
}
