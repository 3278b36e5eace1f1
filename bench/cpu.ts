import { readFileSync, readdirSync } from "node:fs";

// Kernel's USER_HZ, which is 100 on every platform that Node runs on.
const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

function stat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Fields after the program's name in brackets: state, parent, …; utime, stime, cutime, cstime are the 12th to 15th.
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const ticks = fields.slice(11, 15).reduce((sum, n) => sum + n, 0);
    return { parent: fields[1] ?? 0, ticks };
  } catch {
    return undefined;
  }
}

/** Processor seconds that a process, its children, and theirs have used so far. Linux only. */
export function cpuSeconds(root: number): number {
  const stats = new Map(
    readdirSync("/proc").flatMap((name) => {
      const found = /^\d+$/.test(name) ? stat(Number(name)) : undefined;
      return found ? [[Number(name), found] as const] : [];
    }),
  );
  const within = (pid: number): boolean => {
    const parent = stats.get(pid)?.parent;
    return pid === root || (parent !== undefined && parent !== 0 && within(parent));
  };
  const ticks = [...stats].reduce((sum, [pid, s]) => (within(pid) ? sum + s.ticks : sum), 0);
  return ticks / ticksPerSecond;
}
