import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import { parse } from "yaml";
import { builtPart } from "../../lab/build/tools";
import { Checkout } from "../../lab/checkout";
import { labSettings, project } from "../../lab/settings";
import { renderEngine } from "../../engines";
import type { GivenOptions } from "../../engines";
import { engineOptions } from "../../engines/options";
import { pkoStacks } from "../../engines/pko";
import type { Manifest } from "../../manifests";
import { cutFleet, given, passphrase } from "../engines/fleet";
import { stackDefinition } from "./engines/stack-definition";
import { TestLab } from "./test-lab";

type Writable = Record<string, unknown>;

const objects = (change: GivenOptions = {}): readonly Manifest[] =>
  pkoStacks(cutFleet, engineOptions("pko", { ...given.pko, ...change }, passphrase));

/** Options whose objects differ, one by one. */
const variants: Readonly<Record<string, GivenOptions>> = {
  "of a branch": {},
  "of a commit": { branch: undefined, commit: "8d3f1c0a5b7e9f2d4c6a8b0e1f3d5c7a9b2e4f60" },
  "of Pulumi Cloud, from a private repository": {
    backend: "https://api.pulumi.com",
    organization: "acme",
    secretEnv: ["PULUMI_ACCESS_TOKEN=pulumi/token"],
    repoDir: "deploy",
    gitToken: "git/token",
  },
  "from a repository by SSH": { repo: "git@github.com:acme/fleet.git", gitSshKey: "git/key" },
};

/** What the API server refuses: a change of a Stack's spec, and what is said of it. */
const broken: readonly (readonly [string, (spec: Writable) => void, RegExp])[] = [
  [
    "a misspelt field",
    (spec) => (spec.prerequisite = spec.prerequisites),
    /strict decoding error: unknown field "spec\.prerequisite"/,
  ],
  ["no stack", (spec) => delete spec.stack, /spec\.stack: Required value/],
  [
    "a prerequisite without its name",
    (spec) => (spec.prerequisites = [{ requirement: {} }]),
    /spec\.prerequisites\[0\]\.name: Required value/,
  ],
  [
    "a Secret without its key",
    (spec) => (spec.envRefs = { A: { type: "Secret", secret: { name: "a" } } }),
    /spec\.envRefs\.A\.secret\.key: Required value/,
  ],
  [
    "an unknown policy for workspaces",
    (spec) => (spec.workspaceReclaimPolicy = "Keep"),
    /spec\.workspaceReclaimPolicy: Unsupported value: "Keep"/,
  ],
  [
    "resources where no workspace reads them",
    (spec) => (spec.workspaceTemplate = { resources: { requests: { memory: "1Gi" } } }),
    /unknown field "spec\.workspaceTemplate\.resources"/,
  ],
];

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

describe("slices on other engines", function () {
  this.timeout(600_000);
  const lab = new TestLab({ LAB_NODE: "kwok" });
  let variables: Readonly<Record<string, string>>;
  let fleet: Checkout;

  const kubectl = (args: readonly string[], input = "") =>
    spawnSync("kubectl", args, { env: { ...process.env, ...variables }, input, encoding: "utf8" });
  /** POSTs objects that are checked and not kept. */
  const post = (...all: readonly object[]) =>
    kubectl(
      ["create", "--dry-run=server", "--validate=strict", "--filename=-"],
      all.map((object) => JSON.stringify(object)).join("\n---\n"),
    );
  /** Runs a script of a workflow as a runner does, in the checkout. */
  const script = (text: string, env: Readonly<Record<string, string>>) =>
    spawnSync("bash", ["-e", "-c", text], {
      cwd: fleet.folder,
      env: { ...process.env, ...env, ...variables },
      encoding: "utf8",
    });

  before(async () => {
    variables = await lab.variables();
    const own = process.env.PKO_CRDS;
    const definition =
      own === undefined ? JSON.stringify(stackDefinition) : readFileSync(own, "utf8");
    for (const [args, input] of [
      [["create", "namespace", "fleet"], ""],
      [["create", "--filename=-"], definition],
      [["wait", "--for=condition=Established", "crd/stacks.pulumi.com", "--timeout=60s"], ""],
    ] as const) {
      const { status, stderr } = kubectl(args, input);
      assert.equal(status, 0, stderr);
    }
  });
  after(async () => {
    await lab.remove();
  });

  for (const [what, change] of Object.entries(variants))
    it(`takes every Stack object ${what}`, () => {
      const all = objects(change);
      const { status, stdout, stderr } = post(...all);
      assert.equal(status, 0, stderr);
      assert.deepEqual(
        stdout.trimEnd().split("\n"),
        all.map(({ metadata }) => `stack.pulumi.com/${metadata.name} created (server dry run)`),
      );
    });

  for (const [what, change, reason] of broken)
    it(`refuses a Stack object with ${what}`, () => {
      const [, right] = objects();
      assert.ok(right);
      const wrong = structuredClone(right) as { spec: Writable } & Manifest;
      change(wrong.spec);
      const { status, stderr } = post(wrong);
      assert.equal(status, 1, stderr);
      assert.match(stderr, reason);
    });

  it("takes the ServiceAccount of docs/engines.md", () => {
    const docs = readFileSync(join(project, "docs", "engines.md"), "utf8");
    const [block = ""] = [...docs.matchAll(/```yaml\n([^]*?)```/g)]
      .map(([, text = ""]) => text)
      .filter((text) => text.includes("kind: ServiceAccount"));
    const { status, stdout, stderr } = kubectl(
      ["create", "--dry-run=server", "--validate=strict", "--filename=-"],
      block,
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^serviceaccount\/fleet created/m);
    assert.equal(stdout.match(/clusterrolebinding/g)?.length, 2);
  });

  describe("a workflow of GitHub Actions", () => {
    const workflow = renderEngine("github", cutFleet, given.github, passphrase);
    const actionlint = (text: string) => {
      const program = join(builtPart(labSettings(), "actionlint"), "actionlint");
      const args = ["-shellcheck=", "-pyflakes=", "-no-color", "-"];
      const { status, stdout } = spawnSync(program, args, { input: text, encoding: "utf8" });
      return [status, stdout] as const;
    };

    it("is right by actionlint, which finds what is wrong", () => {
      assert.deepEqual(actionlint(workflow), [0, ""]);
      for (const [from, to, reason] of [
        [
          "needs.plan.outputs.stacks",
          "needs.plan.outputs.stakcs",
          /property "stakcs" is not defined/,
        ],
        ["fail-fast", "fail-fats", /unexpected key "fail-fats"/],
        ["- plan\n", "- plam\n", /job "slices" needs job "plam" which does not exist/],
        ["persist-credentials", "persist-credential", /input "persist-credential" is not defined/],
      ] as const) {
        const [status, said] = actionlint(workflow.replace(from, to));
        assert.equal(status, 1, from);
        assert.match(said, reason);
      }
    });

    it("lists, shows and deploys the stacks with the scripts that it has", async () => {
      const folder = join(lab.folder, "checkout");
      mkdirSync(folder);
      fleet = new Checkout(folder, "prod", variables);
      fleet.entry("alpha");
      fleet.settings({ slices: { by: "tier" } });
      assert.equal((await fleet.fleet("stacks", "--env", "prod", "--write")).code, 0);
      const { jobs } = parse(workflow) as {
        readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
      };
      const last = (job: string): Step => jobs[job]?.steps.at(-1) ?? {};

      const output = join(lab.folder, "output");
      const listed = script(last("plan").run ?? "", { GITHUB_OUTPUT: output });
      assert.equal(listed.status, 0, listed.stderr);
      const json = /^stacks=(.*)\n$/.exec(readFileSync(output, "utf8"))?.[1] ?? "";
      const { slices } = JSON.parse(json) as {
        readonly slices: readonly { readonly stack: string }[];
      };
      assert.deepEqual(slices, [
        { stack: "prod.tier-internal", slice: "tier-internal", entries: 1 },
      ]);

      const servers = async () =>
        (await lab.api().list<KubernetesObject>("toolhive.stacklok.dev/v1beta1", "MCPServer")).map(
          ({ metadata }) => metadata?.name,
        );
      const work = (job: string, STACK: string, APPLY: string) => {
        const { run = "", env } = last(job);
        const { status, stdout, stderr } = script(run, { ...env, STACK, APPLY });
        assert.equal(status, 0, stdout + stderr);
        return stdout;
      };
      const [slice] = slices;
      assert.ok(slice);
      work("platform", "prod", "true");
      assert.match(
        work("slices", slice.stack, "false"),
        /mcp-fleet:index:McpServer +alpha +create/,
      );
      assert.deepEqual(await servers(), []);
      work("slices", slice.stack, "true");
      assert.deepEqual(await servers(), ["alpha"]);
    });
  });
});
