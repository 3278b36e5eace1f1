import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

/** A program that serves gRPC on loopback and says its port as the first line of its output. */
export interface Program {
  /** The process. */
  readonly child: ChildProcess;
  /** Its port; a failure when it ends before it says one. */
  readonly port: Promise<string>;
}

/** How a program is started, and where its output goes. */
export interface Start {
  /** The program. */
  readonly command: string;
  /** Its arguments. */
  readonly args: readonly string[];
  /** Its working directory; our own when absent. */
  readonly cwd?: string;
  /** Its whole environment; our own when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Takes what it writes after the line with its port. */
  readonly onOutput: (bytes: Buffer) => void;
  /** Takes what it writes on its second stream. */
  readonly onError: (bytes: Buffer) => void;
}

const running = new Set<ChildProcess>();

/** Starts a program, as Pulumi's plugins are started. It ends with this process. */
export function startProgram({ command, args, cwd, env, onOutput, onError }: Start): Program {
  const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: "pipe" });
  running.add(child);
  child.stderr.on("data", onError);
  const port = new Promise<string>((resolve, reject) => {
    let line: Buffer | undefined = Buffer.alloc(0);
    child.stdout.on("data", (bytes: Buffer) => {
      if (!line) {
        onOutput(bytes);
        return;
      }
      line = Buffer.concat([line, bytes]);
      const end = line.indexOf("\n");
      if (end < 0) return;
      resolve(line.subarray(0, end).toString().trim());
      const rest = line.subarray(end + 1);
      line = undefined;
      if (rest.length > 0) onOutput(rest);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      running.delete(child);
      reject(new Error(`it ended (${signal ?? code ?? ""}) before it said its port`));
    });
  });
  // Whoever asks for the port is told; nobody need ask.
  port.catch(() => undefined);
  return { child, port };
}

/** Ends every program that still runs. */
export function endPrograms(): void {
  for (const child of running) child.kill("SIGKILL");
}
