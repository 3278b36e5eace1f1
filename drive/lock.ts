import { hostname } from "node:os";

// How the engine names who holds a stack, where the backend is a folder or a bucket.
const holder = /created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/;

/** Says who holds a stack that is locked, and how it is freed when nobody is at work on it any more. */
export function lockText(message: string, stack: string): string {
  const free = `pulumi cancel --stack ${stack}`;
  const [, user = "", host = "", pid = "", since = ""] = holder.exec(message) ?? [];
  if (pid === "")
    return `somebody else is at work on it, or an update was broken off; when nobody is: ${free}`;
  if (host === hostname() && !isRunning(Number(pid)))
    return `an update of it was broken off: process ${pid} of this machine, which held it since ${since}, is gone; free it: ${free}`;
  return `somebody else is at work on it: ${user}@${host}, process ${pid}, since ${since}; if that is not so any more: ${free}`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
