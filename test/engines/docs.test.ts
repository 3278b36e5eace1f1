import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { renderEngine } from "../../engines";
import type { EngineFormat, GivenOptions } from "../../engines";
import { cutFleet, passphrase } from "./fleet";

const docs = readFileSync(join(__dirname, "..", "..", "docs", "engines.md"), "utf8");

/** Commands of the guide that print something for an engine. */
const commands = [...docs.matchAll(/```sh\n([^]*?)```/g)]
  .map(([, block = ""]) => block)
  .filter(
    (block) => block.startsWith("mcp-fleet stacks") && /--format (?:pko|github|gitlab)/.test(block),
  );

/** The arguments as a shell gives them. */
function argumentsOf(command: string): readonly string[] {
  const [own = ""] = command.split(/\\\n +\||\s>\s/);
  const script = `mcp-fleet() { printf '%s\\n' "$@"; }\ngit() { echo ${"a".repeat(40)}; }\n${own}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", script], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout.trimEnd().split("\n");
}

describe("commands of docs/engines.md", () => {
  it("are one for each engine", () => {
    assert.equal(commands.length, 3);
  });

  for (const command of commands)
    it(`are right: ${/--format \w+/.exec(command)?.[0] ?? ""}`, () => {
      const parser = new Command("stacks").option("--secret-env <variable=secret...>");
      const args = argumentsOf(command).slice(1);
      for (const name of new Set(args.filter((one) => one.startsWith("--"))))
        if (name !== "--secret-env") parser.option(`${name} <value>`);
      const { env, format, ...given } = parser
        .parse([...args], { from: "user" })
        .opts<GivenOptions & { readonly env: string; readonly format: EngineFormat }>();
      assert.equal(env, "prod");
      assert.match(renderEngine(format, cutFleet, given, passphrase), /PULUMI_PARALLEL_DIFF/);
    });
});
