/**
 * Runs every check of the project, or with --fast those that need neither Go nor a lab, and ends with
 * one line: how many passed and how many failed. A step that is no test counts as one.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";

const project = join(__dirname, "..");
const node = (...args: readonly string[]): readonly string[] => [process.execPath, ...args];
const bin = (name: string, ...args: readonly string[]): readonly string[] =>
  node(join(project, "node_modules", ...name.split("/")), ...args);
const mocha = (...args: readonly string[]): readonly string[] => bin("mocha/bin/mocha.js", ...args);

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly fast: boolean;
}

const steps: readonly Step[] = [
  { name: "format", command: bin("prettier/bin/prettier.cjs", "--check", "."), fast: true },
  { name: "lint", command: bin("eslint/bin/eslint.js", "."), fast: true },
  { name: "types", command: bin("typescript/bin/tsc", "-p", "."), fast: true },
  {
    name: "unit",
    command: mocha("test/!(lab)/**/*.test.ts"),
    fast: true,
  },
  // Built cold they take longer than any test may.
  {
    name: "tools",
    command: node("--require", "esbuild-register", join(project, "lab", "main.ts"), "tools"),
    fast: false,
  },
  { name: "lab", command: mocha("test/lab/**/*.test.ts"), fast: false },
];

interface Result {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
  readonly seconds: number;
}

async function run({ name, command }: Step): Promise<Result> {
  console.log(`\n== ${name}`);
  const since = Date.now();
  const [program = "", ...args] = command;
  const child = spawn(program, args, { cwd: project, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (data: Buffer) => {
    process.stdout.write(data);
    output += data.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const seconds = Math.round((Date.now() - since) / 1000);
  const count = (word: string): number =>
    Number(new RegExp(`^ {2}(\\d+) ${word}`, "m").exec(output)?.[1] ?? 0);
  const [passed, failed, pending] = [count("passing"), count("failing"), count("pending")];
  // A run that breaks before its tests has counted nothing, and must not pass for that.
  if (code === 0) return { name, passed: Math.max(passed, 1), failed, pending, seconds };
  return { name, passed, failed: Math.max(failed, 1), pending, seconds };
}

async function main(): Promise<void> {
  const fast = process.argv.includes("--fast");
  const results: Result[] = [];
  for (const step of steps.filter((s) => s.fast || !fast)) results.push(await run(step));
  console.log("\n== all");
  for (const { name, passed, failed, pending, seconds } of results)
    console.log(
      `${name.padEnd(8)} ${passed} passed, ${failed} failed${pending > 0 ? `, ${pending} skipped` : ""}, ${seconds} s`,
    );
  const sum = (key: "passed" | "failed"): number => results.reduce((n, r) => n + r[key], 0);
  process.exitCode = sum("failed") > 0 ? 1 : 0;
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
}

void main();
