import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createWriteStream } from "node:fs";
import { delimiter, join } from "node:path";
import type { Tools } from "./build/tools";
import { languageHostFolder } from "./language-host";
import { LabError } from "./problem";
import { isRunning } from "./run/pid";
import { stopMarked } from "./run/process";
import { project } from "./settings";

/** The stack that the lab deploys. */
export const labStack = "lab";

/** Set in the environment of every engine that a command of the lab starts, to the lab's folder. */
export const engineVariable = "MCP_FLEET_LAB_ENGINE";

/** Protects the lab stack's configuration; there is nothing secret in it. */
const passphrase = "lab";

/** Environment that the `pulumi` command needs to work on the lab. */
export function pulumiEnvironment(
  folder: string,
  tools: Tools,
  kubeconfig: string,
): Readonly<Record<string, string>> {
  const backend = join(folder, "state");
  const home = join(folder, "pulumi");
  mkdirSync(backend, { recursive: true });
  mkdirSync(home, { recursive: true });
  return {
    KUBECONFIG: kubeconfig,
    PATH: [languageHostFolder(folder, tools), ...tools.path, process.env.PATH ?? ""].join(
      delimiter,
    ),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** Runs `pulumi` on the project, as a person would by hand. */
export class Pulumi {
  private readonly env: Readonly<Record<string, string>>;

  /**
   * @param env See {@link pulumiEnvironment}.
   * @param folder The lab's folder, when the engines are the lab's own and end with its commands.
   */
  constructor(env: Readonly<Record<string, string>>, folder?: string) {
    this.env = { ...env, ...(folder !== undefined && { [engineVariable]: folder }) };
  }

  /**
   * Runs a command, its output going to a log and each line to `onLine`; gives exit code and output.
   * After `seconds` the engine is asked to stop.
   */
  async run(
    args: readonly string[],
    log?: string,
    onLine: (line: string) => void = () => undefined,
    seconds = Infinity,
  ): Promise<{ readonly code: number; readonly output: string }> {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color=never"], {
      cwd: project,
      env: { ...process.env, ...this.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const file = log === undefined ? undefined : createWriteStream(log, { flags: "a" });
    file?.write(`$ pulumi ${args.join(" ")}\n`);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        file?.write(chunk);
        const parts = (rest + chunk).split("\n");
        rest = parts.pop() ?? "";
        for (const line of parts) {
          lines.push(line);
          onLine(line);
        }
      });
      stream.on("end", () => {
        if (rest !== "") lines.push(rest);
      });
    }
    // On SIGINT the engine ends what it has begun and writes its state; on a second one it ends at once.
    const timers = Number.isFinite(seconds)
      ? [seconds, seconds + 10].map((s) => setTimeout(() => child.kill("SIGINT"), s * 1000))
      : [];
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (status) => {
        resolve(status ?? 1);
      });
    });
    timers.forEach(clearTimeout);
    file?.end();
    return { code, output: lines.join("\n") };
  }

  /**
   * Runs a command that must succeed; gives its output.
   * @throws {LabError} with the last lines of the log otherwise.
   */
  async must(
    args: readonly string[],
    log: string,
    onLine?: (line: string) => void,
    seconds?: number,
  ): Promise<string> {
    const { code, output } = await this.run(args, log, onLine, seconds);
    if (code !== 0)
      throw new LabError(
        `pulumi ${args[0] ?? ""} failed with exit code ${code}:\n${diagnostics(output)}`,
        `Mend that and repeat the command; it goes on where it stopped. All of it: ${log}`,
      );
    return output;
  }

  /**
   * Clears up after engines that were killed with the command that had started them: what they started
   * goes on for ever, and the stack stays locked. The engine leaves both to a person.
   */
  async clearKilled(stack: string, folder: string, log: string): Promise<void> {
    await stopMarked(engineVariable, folder);
    const locks = files(join(folder, "state", ".pulumi", "locks")).filter((f) =>
      f.endsWith(".json"),
    );
    if (locks.length === 0) return;
    const owners = locks.map((file) => JSON.parse(readFileSync(file, "utf8")) as { pid: number });
    if (owners.some(({ pid }) => isRunning(pid)))
      throw new LabError(
        `Another pulumi works on stack ${stack} (process ${owners.map(({ pid }) => pid).join(", ")}).`,
        "Wait until it has ended, then repeat the command.",
      );
    appendFileSync(log, "# the owner of the stack's lock is gone\n");
    await this.must(["cancel", "--yes", "--stack", stack], log);
  }
}

const shownLines = 40;

/** What the engine says is wrong, without its remarks about where plugins were found. */
function diagnostics(output: string): string {
  const lines = output.split("\n");
  const start = lines.lastIndexOf("Diagnostics:");
  const end = lines.findIndex(
    (line, i) => i > start && /^(Outputs|Resources|Policies):/.test(line),
  );
  const block = start < 0 ? lines : lines.slice(start + 1, end < 0 ? undefined : end);
  return block
    .filter(
      (line) => line.trim() !== "" && !/from \$PATH at|is expected to have version/.test(line),
    )
    .slice(0, shownLines)
    .join("\n");
}

function files(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .map((name) => join(folder, name))
      .flatMap((path) => (statSync(path).isDirectory() ? files(path) : [path]));
  } catch {
    return [];
  }
}
