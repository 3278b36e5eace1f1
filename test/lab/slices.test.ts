import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import { Checkout } from "../../lab/checkout";
import { TestLab } from "./test-lab";

const names = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"];

/** Rows of the table that every verb ends with: status and changes by stack. */
function rows(output: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...output.matchAll(/^(\S+) +(done|failed|skipped) +\d+ s(?: {2}(.*))?$/gm)].map(
      ([, stack = "", status = "", changes = ""]) => [stack, `${status} ${changes}`.trim()],
    ),
  );
}

/** A policy by which the API server makes no server of a name. */
function refusing(name: string): readonly KubernetesObject[] {
  const apiVersion = "admissionregistration.k8s.io/v1";
  const rule = {
    apiGroups: ["toolhive.stacklok.dev"],
    apiVersions: ["*"],
    operations: ["CREATE"],
    resources: ["mcpservers"],
  };
  const validation = {
    expression: `object.metadata.name != "${name}"`,
    message: `nobody may make ${name}`,
  };
  const spec = { matchConstraints: { resourceRules: [rule] }, validations: [validation] };
  const bound = { policyName: "refusing", validationActions: ["Deny"] };
  const metadata = { name: "refusing" };
  return [
    { apiVersion, kind: "ValidatingAdmissionPolicy", metadata, ...{ spec } },
    { apiVersion, kind: "ValidatingAdmissionPolicyBinding", metadata, ...{ spec: bound } },
  ];
}

describe("an environment that is cut into slices", function () {
  this.timeout(900_000);
  const lab = new TestLab({ LAB_NODE: "kwok" });
  let fleet: Checkout;

  /** Identity of each server in the cluster: another one is another object. */
  async function uids(): Promise<Readonly<Record<string, string>>> {
    const all = await lab
      .api()
      .list<KubernetesObject>("toolhive.stacklok.dev/v1beta1", "MCPServer");
    return Object.fromEntries(
      all.map(({ metadata }) => [metadata?.name ?? "", metadata?.uid ?? ""] as const).sort(),
    );
  }
  const must = async (...args: readonly string[]): Promise<string> => {
    const { code, output } = await fleet.fleet(...args, "--env", "cut");
    assert.equal(code, 0, output);
    return output;
  };

  before(async () => {
    const variables = await lab.variables();
    const folder = join(lab.folder, "checkout");
    mkdirSync(folder);
    fleet = new Checkout(folder, "cut", variables);
    for (const [i, name] of names.entries())
      fleet.entry(name, {
        sensitivity: i % 2 === 0 ? "public" : "internal",
        owner: { team: i < 3 ? "search" : "work", contact: "#a" },
      });
    fleet.settings({ slices: { by: "hash", count: 2 } });
  });
  after(async () => {
    await lab.remove();
  });

  it("is previewed before anything of it is there", async () => {
    const seen = rows(await must("preview"));
    assert.deepEqual(Object.keys(seen).sort(), ["cut", "cut.hash-1", "cut.hash-2"]);
    for (const row of Object.values(seen)) assert.match(row, /^done \d+ create$/);
  });

  it("is deployed by one command, and each stack is then a normal one", async () => {
    await must("up");
    assert.deepEqual(Object.keys(await uids()), names);
    for (const stack of ["cut", "cut.hash-1", "cut.hash-2"]) {
      const { code, output } = await fleet.pulumi(
        ...["preview", "--expect-no-changes", "--stack", stack],
      );
      assert.equal(code, 0, output);
    }
  });

  it("is held to the environment's tiers by the policy pack, in each stack", async () => {
    // By the presets, which the pack takes where nothing else is said, its image would need a digest.
    const confidential = { image: { digest: false }, auth: false };
    fleet.settings({ slices: { by: "hash", count: 2 }, tiers: { confidential } });
    fleet.entry("golf", { sensitivity: "confidential" });
    for (const stack of ["cut", "cut.hash-1", "cut.hash-2"]) {
      const { code, output } = await fleet.pulumi(
        ...["preview", "--policy-pack", "policy", "--stack", stack],
      );
      assert.equal(code, 0, output);
      assert.match(output, /mcp-fleet@v\d+\.\d+\.\d+ \(local: policy\)/);
    }
    fleet.settings({ slices: { by: "hash", count: 2 } });
    fleet.remove("golf");
  });

  it("touches only the slice of an entry that comes", async () => {
    fleet.entry("golf");
    const changed = Object.values(rows(await must("up"))).filter((row) => row.includes("create"));
    assert.deepEqual(changed, [changed[0]]);
    fleet.remove("golf");
    const gone = Object.values(rows(await must("up"))).filter((row) => row.includes("delete"));
    assert.deepEqual(gone, [gone[0]]);
    assert.deepEqual(Object.keys(await uids()), names);
  });

  it("moves to another cut without a change in the cluster", async () => {
    const before = await uids();
    for (const slices of [{ by: "tier" }, { by: "owner" }, { by: "hash", count: 3 }]) {
      fleet.settings({ slices });
      const output = await must("up");
      assert.doesNotMatch(output, /\d (?:update|replace)/, output);
      assert.deepEqual(await uids(), before);
    }
    assert.ok(!existsSync(join(fleet.folder, "stacks", "Pulumi.cut.tier-public.yaml")));
  });

  it("refuses to update a stack alone whose entry is in another now", async () => {
    fleet.settings({ slices: { by: "owner" } });
    await must("up");
    const before = await uids();
    fleet.entry("alpha", {
      sensitivity: "public",
      owner: { team: "work", contact: "#a" },
    });
    const alone = await fleet.pulumi("up", "--yes", "--stack", "cut.owner-search");
    assert.notEqual(alone.code, 0);
    assert.match(
      alone.output,
      /these have moved: alpha to cut\.owner-work; to update this stack alone would delete them in the cluster\. Run mcp-fleet up --env cut, which moves their state first/,
    );
    assert.deepEqual(await uids(), before);
    const output = await must("up");
    assert.match(
      output,
      /^alpha moves from the state of cut\.owner-search to that of cut\.owner-work/m,
    );
    assert.deepEqual(await uids(), before);
  });

  it("goes back into one stack without a change in the cluster", async () => {
    const before = await uids();
    fleet.settings({});
    await must("up");
    assert.deepEqual(await uids(), before);
    const { code, output } = await fleet.pulumi("preview", "--expect-no-changes", "--stack", "cut");
    assert.equal(code, 0, output);
  });

  it("names a slice that fails, and deploys the others", async () => {
    fleet.settings({ slices: { by: "tier" } });
    await must("up");
    for (const object of refusing("hotel")) await lab.api().create(object);
    fleet.entry("hotel", { sensitivity: "public" });
    fleet.entry("india");
    let said = { code: 0, output: "" };
    // The API server takes a policy up some time after it has been made.
    for (let i = 0; i < 5 && said.code === 0; i++) said = await fleet.fleet("up", "--env", "cut");
    assert.equal(said.code, 1, said.output);
    const seen = rows(said.output);
    assert.match(seen["cut.tier-public"] ?? "", /^failed/);
    assert.match(seen["cut.tier-internal"] ?? "", /^done/);
    assert.match(said.output, /nobody may make hotel/);
    assert.match(said.output, /^repeat it with: pulumi up --stack cut\.tier-public$/m);
    assert.ok((await uids()).india);
    fleet.remove("hotel");
    await must("up");
  });

  it("is destroyed by one command", async () => {
    await must("destroy");
    const left = await lab.api().list<KubernetesObject>("v1", "Namespace");
    assert.deepEqual(
      left
        .map(({ metadata }) => metadata?.name)
        .filter((name = "") => !/^kube-|^default$/.test(name)),
      [],
    );
  });
});
