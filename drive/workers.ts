import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { movedVariable } from "../program";
import type { FromWorker, Job, ToWorker } from "./job";
import type { StackOutcome } from "./outcome";
import { repeatCommand } from "./outcome";
import { packageRoot } from "./package-root";

/** Processes that work on stacks, as many as are needed side by side. */
export class Workers {
  private readonly idle: ChildProcess[] = [];
  private readonly all = new Set<ChildProcess>();
  private readonly project: string;
  private stopping = false;

  /** @param project Folder of the project, in which they work. */
  constructor(project: string) {
    this.project = project;
  }

  /**
   * Has a worker do a job.
   * @param report Is told how many resources are done.
   * @returns What became of the stack; that the worker died is such an outcome too.
   */
  async run(job: Job, report: (done: number) => void): Promise<StackOutcome> {
    const worker = this.takeIdle() ?? this.start();
    const since = Date.now();
    return await new Promise((resolve) => {
      const end = (outcome: StackOutcome, next?: ChildProcess): void => {
        worker.removeAllListeners("message").removeAllListeners("exit");
        if (next) this.idle.push(next);
        else this.all.delete(worker);
        resolve(outcome);
      };
      worker.on("message", (message: FromWorker) => {
        if ("done" in message) report(message.done);
        else end(message.outcome, worker);
      });
      worker.on("exit", (code, signal) => {
        end({
          stack: job.stack,
          status: "failed",
          changes: {},
          seconds: (Date.now() - since) / 1000,
          message: `its process ended: ${signal ?? `exit code ${String(code)}`}`,
          repeat: repeatCommand(job),
        });
      });
      tell(worker, { job });
    });
  }

  /** Breaks off what they do, as Ctrl-C does to the engine; a second time ends their engines at once. */
  stop(): void {
    for (const worker of this.all)
      if (!this.stopping) tell(worker, { stop: true });
      else if (worker.pid !== undefined) process.kill(-worker.pid, "SIGINT");
    this.stopping = true;
  }

  /** Lets them go. */
  end(): void {
    for (const worker of this.all) if (worker.connected) worker.disconnect();
  }

  /** One that waits for work; one may have died since its last. */
  private takeIdle(): ChildProcess | undefined {
    for (let worker = this.idle.pop(); worker; worker = this.idle.pop()) {
      if (worker.connected && worker.exitCode === null && worker.signalCode === null) return worker;
      this.all.delete(worker);
    }
    return undefined;
  }

  private start(): ChildProcess {
    const worker = fork(join(packageRoot, "bin", "worker.js"), [], {
      cwd: this.project,
      env: { ...process.env, [movedVariable]: "1" },
      // What a terminal's Ctrl-C reaches is this process alone, which tells them once.
      detached: true,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.all.add(worker);
    return worker;
  }
}

function tell(worker: ChildProcess, message: ToWorker): void {
  if (worker.connected) worker.send(message);
}
