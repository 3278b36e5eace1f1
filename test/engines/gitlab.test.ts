import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { EngineOptionsError, renderEngine } from "../../engines";
import { inFolder } from "../catalog/catalogue-folder";
import { cutFleet, given, passphrase, wholeFleet } from "./fleet";

// It checks by GitLab's own schema and makes the jobs of a matrix.
const gitlabCiLocal = join(
  dirname(require.resolve("gitlab-ci-local/package.json")),
  "dist",
  "index.js",
);

const pipeline = (fleet = cutFleet): string =>
  renderEngine("gitlab", fleet, given.gitlab, passphrase);

/** What GitLab would make of a pipeline for a merge request, or for the branch: jobs by their stages. */
function jobs(text: string): {
  readonly code: number | null;
  readonly list: unknown;
  said: string;
} {
  return inFolder({ ".gitlab-ci.yml": text }, (folder) => {
    const git = (...args: readonly string[]) => {
      const { status, stderr } = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
      assert.equal(status, 0, stderr);
    };
    git("init", "--quiet", "--initial-branch=main");
    git("remote", "add", "origin", "https://gitlab.com/acme/fleet.git");
    git(
      "-c",
      "user.name=a",
      "-c",
      "user.email=a@example.com",
      "commit",
      "--quiet",
      "--allow-empty",
      "-m",
      "a",
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, [gitlabCiLocal, "--list-json"], {
      cwd: folder,
      encoding: "utf8",
    });
    const start = stdout.indexOf("[\n");
    const list = start < 0 ? undefined : (JSON.parse(stdout.slice(start)) as unknown);
    return { code: status, list, said: stdout + stderr };
  });
}

describe("a pipeline of GitLab", function () {
  this.timeout(30_000);

  it("is right by GitLab's schema, and has a job for each slice after the platform's", () => {
    const { list, said } = jobs(pipeline());
    assert.ok(Array.isArray(list), said);
    assert.deepEqual(
      (list as { readonly name: string; readonly stage: string }[]).map(({ name, stage }) => [
        stage,
        name,
      ]),
      [
        ["plan", "plan"],
        ["platform", "platform"],
        ["slices", "slices: [prod.hash-1]"],
        ["slices", "slices: [prod.hash-2]"],
        ["slices", "slices: [prod.hash-3]"],
      ],
    );
  });

  for (const [what, from, to, reason] of [
    [
      "a misspelt keyword",
      "parallel:",
      "paralel:",
      /'paralel' property is not expected to be here/,
    ],
    [
      "a matrix that is no list",
      "      - STACK:",
      "        STACK:",
      /parallel\.matrix is not an array/,
    ],
  ] as const)
    it(`with ${what} would be refused`, () => {
      const text = pipeline().replace(from, to);
      assert.notEqual(text, pipeline());
      const { list, said } = jobs(text);
      assert.equal(list, undefined);
      assert.match(said, reason);
    });

  it("of one stack has no job for slices", () => {
    const text = pipeline(wholeFleet);
    const { stages } = parse(text) as { readonly stages: readonly string[] };
    assert.deepEqual(stages, ["plan", "platform"]);
    assert.deepEqual(
      (jobs(text).list as { readonly name: string }[]).map(({ name }) => name),
      ["plan", "platform"],
    );
  });

  it("applies on the branch and shows merge requests, one at a time for each stack", () => {
    const { slices } = parse(pipeline()) as { readonly slices: Readonly<Record<string, unknown>> };
    assert.deepEqual(slices.rules, [
      { if: '$CI_PIPELINE_SOURCE == "merge_request_event"', variables: { APPLY: "false" } },
      { if: '$CI_COMMIT_BRANCH == "main"', variables: { APPLY: "true" } },
    ]);
    assert.deepEqual([slices.resource_group, slices.interruptible], ["mcp-fleet/$STACK", false]);
  });

  it("ends when the environment has other stacks than it was written for", () => {
    const { plan } = parse(pipeline()) as { readonly plan: { readonly script: readonly string[] } };
    const script = plan.script.at(-1) ?? "";
    const run = (now: string) =>
      inFolder({ "bin/npx": `#!/bin/sh\nprintf '${now}'\n` }, (folder) => {
        chmodSync(join(folder, "bin", "npx"), 0o755);
        const PATH = `${join(folder, "bin")}:${process.env.PATH ?? ""}`;
        const options = { cwd: folder, env: { ...process.env, PATH }, encoding: "utf8" } as const;
        const { status, stdout } = spawnSync("bash", ["-eo", "pipefail", "-c", script], options);
        return [status, stdout];
      });
    assert.deepEqual(run("prod\\nprod.hash-1\\nprod.hash-2\\nprod.hash-3\\n"), [0, ""]);
    assert.deepEqual(run("prod\\nprod.hash-1\\nprod.hash-2\\n"), [
      1,
      "prod has other stacks than this pipeline; write it again: mcp-fleet stacks --env prod --format gitlab\n",
    ]);
  });

  it("is refused for more slices than a matrix may have jobs", () => {
    const slices = Array.from({ length: 201 }, (_, i) => ({
      stack: `prod.owner-${i}`,
      slice: `owner-${i}`,
      entries: 1,
    }));
    assert.throws(
      () => pipeline({ ...cutFleet, slices }),
      new EngineOptionsError([
        "prod has 201 slices, and a matrix of GitLab at most 200 jobs; cut it by hash",
      ]),
    );
  });
});
