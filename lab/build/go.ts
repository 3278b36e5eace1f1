import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { promisify } from "node:util";
import { LabError } from "../problem";

const run = promisify(execFile);
const neededMinor = 26;

// Static programs: the same on every distribution, and no C compiler is needed to build them.
const goEnvironment = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-mod=readonly" };

/**
 * Finds Go and its version.
 * @throws {LabError} when there is none, or one too old that may not fetch a newer one.
 */
export async function requireGo(): Promise<void> {
  const install = `Install Go 1.${neededMinor} or newer (https://go.dev/dl) and put it on PATH.`;
  let version: string;
  try {
    version = (await run("go", ["env", "GOVERSION"], { env: goEnvironment })).stdout.trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new LabError("Go is not on PATH, and tools must be built.", install);
  }
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1] ?? NaN);
  const local = (await run("go", ["env", "GOTOOLCHAIN"])).stdout.trim() === "local";
  if (minor < neededMinor && local)
    throw new LabError(
      `${version} is too old, and GOTOOLCHAIN=local forbids a newer one.`,
      install,
    );
}

/** Runs a go command in a module's folder; gives its output, logs its complaints. */
export async function go(cwd: string, args: readonly string[], log: string): Promise<string> {
  const lines: string[] = [];
  await goLines(cwd, args, log, (line) => lines.push(line), "stdout");
  return lines.join("\n");
}

/**
 * Runs a go command in a module's folder, giving each line of one of its streams as it comes.
 * @throws {LabError} with the last lines of the log when it fails.
 */
export async function goLines(
  cwd: string,
  args: readonly string[],
  log: string,
  onLine: (line: string) => void,
  stream: "stdout" | "stderr",
): Promise<void> {
  const file = createWriteStream(log, { flags: "a" });
  file.write(`$ go ${args.join(" ")}\n`);
  const child = spawn("go", args, { cwd, env: goEnvironment, stdio: ["ignore", "pipe", "pipe"] });
  child.stderr.pipe(file, { end: false });
  let rest = "";
  child[stream].setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (rest !== "") onLine(rest);
  await new Promise<void>((resolve) => file.end(resolve));
  if (code !== 0)
    throw new LabError(
      `go ${args[0] ?? ""} ${args.at(-1) ?? ""} failed with exit code ${code ?? "none"}.`,
      "Mend what the log says; the same command goes on where this one stopped.",
      log,
    );
}
