import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { KubernetesObject, V1Deployment } from "@kubernetes/client-node";
import { filesBelow, holds } from "./accepted/clear";
import {
  allReady,
  encrypted,
  eventually,
  installCrds,
  loaded,
  namespaceOf,
  ownCatalogue,
  services,
  stackCommand,
} from "./accepted/fleet";
import { bringNeeds } from "./accepted/needs";
import { tierNamespaces, whole } from "./accepted/pods";
import { RawApi } from "./accepted/raw-api";
import { assertRotated } from "./accepted/rotated";
import { belongsTo, differences, snapshot } from "./accepted/snapshot";
import type { Snapshot } from "./accepted/snapshot";
import { TestLab } from "./test-lab";

interface State {
  readonly deployment: {
    readonly resources: readonly {
      readonly urn: string;
      readonly parent?: string;
      readonly custom?: boolean;
    }[];
  };
}

/** Values before and after one of them is changed; no other text is like them. */
const values = { postgresUri: "unused", deskKey: "in-clear-desk-1", mailKey: "in-clear-mail-1" };
const rotated = "in-clear-desk-2";
const allValues = [values.deskKey, values.mailKey, rotated];

/** Entries that take the value that is changed; others take another, or none. */
const users = ["tickets", "ledger", "crm"] as const;

/** Entries that move, from one sensitivity to another. */
const moves = [
  { entry: "tickets", from: "internal", to: "public" },
  { entry: "ledger", from: "confidential", to: "restricted" },
  { entry: "crm", from: "internal", to: "confidential" },
] as const;

describe("what a change changes", function () {
  this.timeout(900_000);
  const lab = new TestLab({ LAB_NODE: "kwok" });
  const catalogue = join(lab.folder, "catalogue");
  cpSync(ownCatalogue, catalogue, { recursive: true });
  const outputs: string[] = [];
  let api: RawApi;
  let secrets: Readonly<Record<string, { readonly secure: string }>>;
  let bare: Snapshot;

  /** Runs a command that must succeed, with the settings of now. */
  async function run(...args: readonly string[]): Promise<string> {
    const pulumi = await lab.pulumi({ ...services, catalogue: [catalogue], secrets });
    const { code, output } = await pulumi(...args);
    outputs.push(output);
    assert.equal(code, 0, output);
    return output;
  }

  /** Waits until all entries are Ready and their pods are what they should be. */
  async function settled(): Promise<void> {
    await allReady(lab);
    await whole(lab.api());
  }

  const deployment = (name: string, namespace: string) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
  });
  const statefulSet = (name: string, namespace: string) => ({
    ...deployment(name, namespace),
    kind: "StatefulSet",
  });
  const replicas = async (name: ReturnType<typeof deployment>): Promise<number | undefined> =>
    (await lab.api().read<V1Deployment & KubernetesObject>(name))?.spec?.replicas;

  /** Changes a line of an entry. */
  function edit(entry: string, from: RegExp, to: string): void {
    const file = join(catalogue, `${entry}.yaml`);
    const text = readFileSync(file, "utf8");
    assert.match(text, from);
    writeFileSync(file, text.replace(from, to));
  }

  before(async () => {
    const { code, output } = await lab.run("lab");
    assert.equal(code, 0, output);
    api = new RawApi(lab.api());
    await installCrds(api);
    secrets = await encrypted(lab, values);
    const empty = await lab.pulumi({ ...services, entries: { only: [] } });
    const up = await empty("up", "--yes", "--skip-preview");
    assert.equal(up.code, 0, up.output);
    const { entries } = loaded([ownCatalogue]);
    const moved = moves.flatMap(({ entry, to }) =>
      entries.filter(({ name }) => name === entry).map((one) => ({ ...one, sensitivity: to })),
    );
    await bringNeeds(lab.api(), [...entries, ...moved], namespaceOf);
    bare = await snapshot(api, tierNamespaces);
    await run("up", "--yes", "--skip-preview");
    await settled();
  });
  after(async () => {
    await lab.remove();
  });

  it("is undone by the operator, where the entry says how many pods there are", async () => {
    const calendar = deployment("calendar", "mcp-public");
    await lab.api().patch(calendar, { spec: { replicas: 1 } }, "somebody");
    await eventually(60, async () => {
      assert.equal(await replicas(calendar), 2);
    });
  });

  it("is left to whoever scales, where an autoscaler decides", async () => {
    const scaled = [
      [deployment("tickets", "mcp-internal"), 3],
      [statefulSet("tickets", "mcp-internal"), 4],
      [statefulSet("ledger", "mcp-confidential"), 2],
      [deployment("crm", "mcp-internal"), 3],
    ] as const;
    for (const [name, count] of scaled)
      await lab.api().patch(name, { spec: { replicas: count } }, "somebody");
    await settled();
    await run("up", "--yes", "--skip-preview");
    // A change of their objects makes the operator and the proxies write both anew.
    for (const entry of users) edit(entry, /^category: .*$/m, "category: changed");
    await run("up", "--yes", "--skip-preview");
    await eventually(60, async () => {
      for (const [name] of scaled) {
        const object = await lab.api().read<V1Deployment & KubernetesObject>(name);
        const labels = object?.spec?.template.metadata?.labels;
        assert.equal(labels?.["mcp-fleet.dev/category"], "changed", name.kind);
      }
    });
    await settled();
    for (const [name, count] of scaled)
      assert.equal(await replicas(name), count, name.metadata.name);
  });

  it("is nothing, when a value is only encrypted anew", async () => {
    const before = secrets;
    secrets = await encrypted(lab, values);
    assert.notEqual(secrets.deskKey?.secure, before.deskKey?.secure);
    await run("preview", "--expect-no-changes");
  });

  it("is a restart of the servers that use a changed Pulumi secret, and of nothing else", async () => {
    const before = await snapshot(api, tierNamespaces);
    secrets = { ...secrets, ...(await encrypted(lab, { deskKey: rotated })) };
    const preview = await run("preview", "--diff");
    for (const entry of users) assert.match(preview, new RegExp(`${entry}-secret\\.desk`));
    await run("preview", "--json");
    await run("up", "--yes", "--skip-preview");
    await settled();
    const after = await snapshot(api, tierNamespaces);

    const changed = differences(before, after);
    const strange = changed.filter((key) => {
      const object = after.get(key) ?? before.get(key);
      return !users.some((entry) => belongsTo(object, entry));
    });
    assert.deepEqual(strange, []);
    for (const entry of users)
      assertRotated(before, after, entry, entry === "crm" ? "Remote" : "Server");
  });

  it("is a replacement, when an entry moves to another tier, and leaves nothing behind", async () => {
    const { deployment: state } = JSON.parse(await stackCommand(lab, "stack", "export")) as State;
    const resources = state.resources
      .filter(
        ({ parent, custom }) => custom && moves.some(({ entry }) => parent?.endsWith(`::${entry}`)),
      )
      .map(({ urn }) => urn.split("::").at(-1) ?? "");
    assert.ok(resources.length > 15);
    const before = await snapshot(api, tierNamespaces);
    for (const { entry, from, to } of moves)
      edit(entry, new RegExp(`^sensitivity: ${from}$`, "m"), `sensitivity: ${to}`);
    const preview = await run("preview");
    const replaced = [
      ...preview.matchAll(/^ \+-? +kubernetes:\S+ (\S+) (?:create )?replace/gm),
    ].map(([, name = ""]) => name);
    assert.deepEqual([...new Set(replaced)].sort(), [...resources].sort());
    await run("up", "--yes", "--skip-preview");
    await settled();
    const left = (all: Snapshot, { entry, from }: (typeof moves)[number]): readonly string[] =>
      [...all]
        .filter(([key, object]) => key.includes(` mcp-${from}/`) && belongsTo(object, entry))
        .map(([key]) => key)
        .filter((key) => !bare.has(key));
    await eventually(60, async () => {
      const after = await snapshot(api, tierNamespaces);
      for (const move of moves) {
        assert.ok(left(before, move).length > 10, move.entry);
        assert.deepEqual(left(after, move), []);
      }
    });
    await run("preview", "--expect-no-changes", "--refresh=false");
  });

  it("shows no encrypted value: in no state, log or setting, in no output, in no object but Secrets", async () => {
    outputs.push(await stackCommand(lab, "stack", "output", "--json"));
    outputs.push(await stackCommand(lab, "stack", "export"));
    outputs.push(await run("config"));
    const found = filesBelow(lab.folder).filter((file) => holds(readFileSync(file), allValues));
    const folders = new Set(found.map((file) => relative(lab.folder, file).split("/")[0]));
    // The cluster itself keeps its Secrets, which shows that the search finds what is there.
    assert.deepEqual([...folders], ["etcd"]);
    for (const output of outputs) assert.ok(!holds(Buffer.from(output), allValues));
    const objects = await snapshot(api, tierNamespaces);
    const kinds = [...objects.values()]
      .filter((object) => holds(Buffer.from(JSON.stringify(object)), allValues))
      .map(({ kind }) => kind);
    assert.deepEqual([...new Set(kinds)], ["Secret"]);
  });

  it("is all of it, on destroy", async () => {
    await run("destroy", "--yes", "--skip-preview");
    for (const namespace of tierNamespaces) assert.deepEqual(await api.everything(namespace), []);
    const clusterWide = await lab.api().list<KubernetesObject>("v1", "Namespace");
    assert.ok(clusterWide.every(({ metadata }) => !tierNamespaces.includes(metadata?.name ?? "")));
  });
});
