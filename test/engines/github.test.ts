import assert from "node:assert/strict";
import { parse } from "yaml";
import { EngineOptionsError, renderEngine, stackNames, stacksJson } from "../../engines";
import type { GivenOptions } from "../../engines";
import { cutFleet, given, passphrase } from "./fleet";

interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly strategy?: object;
  readonly steps: readonly { readonly run?: string; readonly env?: object }[];
}

function workflow(change: GivenOptions = {}, fleet = cutFleet) {
  const text = renderEngine("github", fleet, { ...given.github, ...change }, passphrase);
  return parse(text) as {
    readonly on: object;
    readonly permissions: object;
    readonly concurrency: object;
    readonly jobs: Readonly<Record<"plan" | "platform" | "slices", Job>>;
  };
}

/** The step that works on a stack. */
const deploy = ({ steps }: Job) => steps.at(-1);

describe("stacks for programs", () => {
  it("are names in order", () => {
    assert.equal(stackNames(cutFleet), "prod\nprod.hash-1\nprod.hash-2\nprod.hash-3");
  });

  it("are JSON in one line, which a job's output must be", () => {
    const text = stacksJson(cutFleet);
    assert.doesNotMatch(text, /\n/);
    assert.deepEqual(JSON.parse(text), {
      environment: "prod",
      platform: "prod",
      slices: cutFleet.slices,
    });
  });
});

describe("a workflow of GitHub Actions", () => {
  it("deploys the platform, then the slices that the run itself lists, and one's failure stops no other", () => {
    const { jobs } = workflow({ parallel: "4" });
    assert.equal(jobs.platform.needs, "plan");
    assert.deepEqual(jobs.slices.needs, ["plan", "platform"]);
    assert.deepEqual(jobs.slices.strategy, {
      "fail-fast": false,
      "max-parallel": 4,
      matrix: { slice: "${{ fromJSON(needs.plan.outputs.stacks).slices }}" },
    });
    assert.equal(
      jobs.plan.steps.at(-1)?.run,
      'stacks=$(npx mcp-fleet stacks --env prod --format json)\necho "stacks=$stacks" >> "$GITHUB_OUTPUT"\n',
    );
  });

  it("does not depend on the slices, so that it need not be written again", () => {
    const one = { ...cutFleet, slices: cutFleet.slices.slice(0, 1) };
    assert.deepEqual(workflow({}, one), workflow());
  });

  it("shows pull requests and deploys the branch, one run at a time, none broken off", () => {
    const { on, concurrency, permissions } = workflow();
    const branches = ["main"];
    assert.deepEqual(on, { push: { branches }, pull_request: { branches }, workflow_dispatch: {} });
    assert.deepEqual(concurrency, {
      group: "mcp-fleet-prod-${{ github.event.pull_request.number || 'deploy' }}",
      "cancel-in-progress": false,
    });
    assert.deepEqual(permissions, { contents: "read" });
  });

  it("gives secrets by reference, to no step before the login", () => {
    const { jobs } = workflow();
    for (const { steps } of Object.values(jobs))
      for (const { run, env } of steps)
        assert.equal(
          env !== undefined,
          run === "./ci/login" || (run ?? "").includes("pulumi up"),
          run,
        );
    assert.deepEqual(deploy(jobs.slices)?.env, {
      STACK: "${{ matrix.slice.stack }}",
      APPLY: "${{ github.event_name != 'pull_request' }}",
      PULUMI_BACKEND_URL: "s3://acme-fleet-state?region=eu-west-1",
      PULUMI_K8S_CLIENT_QPS: "500",
      PULUMI_K8S_CLIENT_BURST: "1000",
      PULUMI_PARALLEL: "32",
      PULUMI_PARALLEL_DIFF: "true",
      GOGC: "400",
      PULUMI_CONFIG_PASSPHRASE: "${{ secrets.FLEET_PASSPHRASE }}",
    });
  });

  it("takes no text of an event or a matrix into a script", () => {
    for (const { steps } of Object.values(workflow().jobs))
      for (const { run } of steps) assert.doesNotMatch(run ?? "", /\$\{\{/);
  });

  it("names stacks of Pulumi Cloud with their organization", () => {
    const secretEnv = ["PULUMI_ACCESS_TOKEN=PULUMI_ACCESS_TOKEN"];
    const cloud = { backend: "https://api.pulumi.com", organization: "acme", secretEnv };
    const { jobs } = workflow(cloud);
    const stack = (job: Job) => (deploy(job)?.env as { readonly STACK: string }).STACK;
    assert.deepEqual(
      [stack(jobs.platform), stack(jobs.slices)],
      ["acme/prod", "acme/${{ matrix.slice.stack }}"],
    );
  });

  it("is refused for more slices than a matrix may have jobs", () => {
    const slices = Array.from({ length: 257 }, (_, i) => ({
      stack: `prod.owner-${i}`,
      slice: `owner-${i}`,
      entries: 1,
    }));
    assert.throws(
      () => workflow({}, { ...cutFleet, slices }),
      new EngineOptionsError([
        "prod has 257 slices, and a matrix of GitHub Actions at most 256 jobs; cut it by hash",
      ]),
    );
  });
});
