import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { project } from "../../lab/settings";

describe("the start of the program", function () {
  this.timeout(300_000);

  it("costs a quarter of the processor time of the usual way, or less", () => {
    const args = ["--require", "esbuild-register", join(project, "bench", "start.ts"), "--json"];
    const env = { ...process.env, BENCH_ROUNDS: "3" };
    const output = execFileSync(process.execPath, args, { cwd: project, env, encoding: "utf8" });
    const { ratio } = JSON.parse(output) as { readonly ratio: number };
    assert.ok(ratio >= 4, output);
  });
});
