import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LabError } from "../problem";
import { isRunning, startTime } from "./pid";

/** A program of the lab that runs in the background. */
export interface Daemon {
  /** Its name in messages, and of its log and process file. */
  readonly name: string;
  /** Program to run. */
  readonly program: string;
  /** Its arguments. */
  readonly args: readonly string[];
  /** Variables added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

interface Running {
  readonly pid: number;
  readonly started: string;
}

/** Set in the environment of every process of a lab, to the lab's folder; finds those that were forgotten. */
export const markVariable = "MCP_FLEET_LAB";

/** The background processes of one lab. They outlive the command that starts them. */
export class Processes {
  private readonly folder: string;

  /** @param folder The lab's folder. */
  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(join(folder, "run"), { recursive: true });
    mkdirSync(join(folder, "log"), { recursive: true });
  }

  /** The log of a process. */
  log(name: string): string {
    return join(this.folder, "log", `${name}.log`);
  }

  /** Process id, if the process runs. */
  pid(name: string): number | undefined {
    const running = this.read(name);
    return running && startTime(running.pid) === running.started ? running.pid : undefined;
  }

  /** Starts a process unless it runs already; says whether it did. */
  start({ name, program, args, env }: Daemon): boolean {
    if (this.pid(name) !== undefined) return false;
    const log = openSync(this.log(name), "a");
    const child = spawn(program, args, {
      cwd: this.folder,
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...process.env, ...env, [markVariable]: this.folder },
    });
    closeSync(log);
    child.on("error", () => undefined);
    const { pid } = child;
    if (pid === undefined)
      throw new LabError(
        `${name} could not be started: ${program}`,
        "Remove the cache, try again.",
      );
    child.unref();
    const running: Running = { pid, started: startTime(pid) ?? "" };
    writeFileSync(this.file(name), JSON.stringify(running));
    return true;
  }

  /**
   * Waits until a check of a process succeeds.
   * @throws {LabError} with the last lines of its log when it ends first, or `seconds` go by.
   */
  async ready(name: string, check: () => Promise<boolean>, seconds = 60): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      if (await check().catch(() => false)) return;
      if (this.pid(name) === undefined)
        throw new LabError(
          `${name} ended before it was ready.`,
          "The log says why; if a port is taken, the same command chooses another.",
          this.log(name),
        );
      if (Date.now() > deadline)
        throw new LabError(
          `${name} was not ready within ${seconds} s.`,
          "The log may say why; `make down` and `make up` begin anew.",
          this.log(name),
        );
      await sleep(100);
    }
  }

  /** Ends a process, by force when it takes longer than `seconds`, and waits until it is gone. */
  async stop(name: string, seconds = 10): Promise<void> {
    const pid = this.pid(name);
    if (pid !== undefined) await end([pid], seconds);
    rmSync(this.file(name), { force: true });
  }

  /** Ends every process of the lab, also one whose file is lost, but not this one. */
  async stopStrays(): Promise<void> {
    await end(marked(markVariable, this.folder), 10);
  }

  private file(name: string): string {
    return join(this.folder, "run", `${name}.json`);
  }

  private read(name: string): Running | undefined {
    try {
      return JSON.parse(readFileSync(this.file(name), "utf8")) as Running;
    } catch {
      return undefined;
    }
  }
}

/** Ends processes whose environment has this variable with this value. */
export async function stopMarked(variable: string, value: string): Promise<void> {
  await end(marked(variable, value), 10);
}

/** Processes with a variable in their environment, this one and its parent left out; none where there is no /proc. */
function marked(variable: string, value: string): readonly number[] {
  const mark = `${variable}=${value}`;
  const own = new Set([process.pid, process.ppid]);
  return ids().filter((pid) => {
    if (own.has(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(mark);
    } catch {
      return false;
    }
  });
}

function ids(): readonly number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

async function end(pids: readonly number[], seconds: number): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    for (const pid of pids.filter(isRunning)) kill(pid, signal);
    const deadline = Date.now() + seconds * 1000;
    while (pids.some(isRunning) && Date.now() < deadline) await sleep(50);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}
