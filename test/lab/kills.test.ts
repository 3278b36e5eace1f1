import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesObject } from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";
import { Checkout } from "../../lab/checkout";
import { isRunning } from "../../lab/run/pid";
import { TestLab } from "./test-lab";

const entries = Number(process.env.LAB_KILL_ENTRIES ?? 8);
const rounds = Number(process.env.LAB_KILLS ?? 3);
const slices = Number(process.env.LAB_KILL_SLICES ?? 3);
const victims = ["driver", "engine", "API server"] as const;
const team = "team";

const kinds: readonly (readonly [apiVersion: string, kind: string])[] = [
  ["toolhive.stacklok.dev/v1beta1", "MCPServer"],
  ["toolhive.stacklok.dev/v1beta1", "MCPToolConfig"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
];

const identity = ({ kind, metadata }: KubernetesObject): string =>
  `${String(kind)} ${String(metadata?.namespace)}/${String(metadata?.name)}`;

/** Processes of a lab's engines. */
function enginesOf(lab: TestLab): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid))
    .filter((pid) => {
      try {
        const home = `PULUMI_HOME=${lab.folder}/pulumi`;
        return (
          readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "pulumi" &&
          readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("\0up\0") &&
          readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(home)
        );
      } catch {
        return false;
      }
    });
}

describe("an update of many stacks that is killed", function () {
  this.timeout(1_800_000);
  const lab = new TestLab({ LAB_NODE: "kwok" });
  let fleet: Checkout;
  let seconds = 0;

  /** Replaces every entry: an update then makes as many as it deletes. */
  function generation(n: number): void {
    for (let i = 0; i < entries; i++) {
      if (n > 1) fleet.remove(`g${n - 1}-${i}`);
      fleet.entry(`g${n}-${i}`, { owner: { team, contact: "#a" } });
    }
  }

  /** What is in the cluster, and what should be. */
  async function assertWhole(): Promise<void> {
    const rendered = await fleet.fleet("render", "--stack", "cut", "--out", "rendered");
    assert.equal(rendered.code, 0, rendered.output);
    const folder = join(fleet.folder, "rendered", "servers");
    const wanted = readdirSync(folder)
      .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")))
      .map((document) => identity(document.toJS() as KubernetesObject))
      .sort();
    assert.equal(wanted.length, 4 * entries);
    const found: string[] = [];
    for (const [apiVersion, kind] of kinds)
      for (const object of await lab.api().list<KubernetesObject>(apiVersion, kind))
        if (object.metadata?.labels?.["mcp-fleet.dev/entry"] !== undefined)
          found.push(identity({ ...object, kind }));
    assert.deepEqual(found.sort(), wanted);
    const { code, output } = await fleet.fleet("preview", "--env", "cut", "--json");
    assert.equal(code, 0, output);
    const { stacks } = JSON.parse(output) as {
      readonly stacks: readonly {
        readonly stack: string;
        readonly changes: Record<string, number>;
      }[];
    };
    for (const { stack, changes } of stacks) {
      assert.deepEqual(Object.keys(changes), ["same"], `${stack}: ${JSON.stringify(changes)}`);
      const state = await fleet.pulumi("stack", "export", "--stack", stack);
      const { deployment } = JSON.parse(state.output) as {
        readonly deployment: { readonly pending_operations?: readonly unknown[] };
      };
      assert.deepEqual(deployment.pending_operations ?? [], [], stack);
    }
  }

  /** Repeats the update as its messages say, until it is done. */
  async function repeat(): Promise<void> {
    let said = await fleet.fleet("up", "--env", "cut");
    for (let tries = 0; said.code !== 0 && tries < 3; tries++) {
      for (const [, stack = ""] of said.output.matchAll(/pulumi cancel --stack (\S+)/g)) {
        const freed = await fleet.pulumi("cancel", "--yes", "--stack", stack);
        assert.equal(freed.code, 0, freed.output);
      }
      said = await fleet.fleet("up", "--env", "cut");
    }
    assert.equal(said.code, 0, said.output);
  }

  before(async () => {
    const variables = await lab.variables();
    const folder = join(lab.folder, "checkout");
    mkdirSync(folder);
    fleet = new Checkout(folder, "cut", variables);
    const huge = { cpu: "1k", memory: "10Ti" };
    const quota = { requests: huge, limits: huge, pods: 10_000 };
    fleet.settings({ slices: { by: "hash", count: slices }, tiers: { internal: { quota } } });
    generation(1);
    await repeat();
    const since = Date.now();
    generation(2);
    await repeat();
    seconds = (Date.now() - since) / 1000;
    await assertWhole();
  });
  after(async () => {
    await lab.remove();
  });

  for (let round = 0; round < rounds; round++) {
    const victim = victims[round % victims.length] ?? "driver";
    it(`is whole after it is repeated: ${victim}, round ${round + 1}`, async () => {
      generation(round + 3);
      const update = fleet.begin("up", "--env", "cut");
      const moment = (0.1 + 0.6 * Math.random()) * seconds;
      await sleep(moment * 1000);
      const note = `killed after ${moment.toFixed(1)} of about ${seconds.toFixed(1)} s`;
      if (victim === "driver") update.child.kill("SIGKILL");
      if (victim === "engine") {
        while (enginesOf(lab).length === 0 && update.child.exitCode === null) await sleep(20);
        const [engine] = enginesOf(lab);
        assert.ok(engine !== undefined, `${note}: the update had ended`);
        process.kill(engine, "SIGKILL");
      }
      if (victim === "API server") {
        for (const pid of lab.leftProcesses())
          if (readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "kube-apiserver")
            process.kill(pid, "SIGKILL");
        await sleep(3000);
        const { code, output } = await lab.run("lab");
        assert.equal(code, 0, output);
      }
      const said = await update.said;
      for (let i = 0; enginesOf(lab).some(isRunning); i++) {
        assert.ok(i < 240, `${note}: engines that nobody waits for go on`);
        await sleep(500);
      }
      if (process.env.LAB_DEBUG) console.log(said.output);
      console.log(`      ${note}: ${said.output.trim().split("\n").at(-1) ?? ""}`);
      await repeat();
      await assertWhole();
    });
  }

  it("lets two people update at once, and refuses where they meet", async () => {
    generation(rounds + 3);
    const both = await Promise.all([
      fleet.fleet("up", "--env", "cut"),
      sleep(1500).then(async () => await fleet.fleet("up", "--env", "cut")),
    ]);
    for (const { code, output } of both) {
      if (code === 0) continue;
      assert.equal(code, 1, output);
      assert.match(output, /somebody else is at work on it: /);
    }
    await repeat();
    await assertWhole();
  });
});
