import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import { stringify } from "yaml";
import { writeKubeconfig } from "../../lab/run/kubeconfig";
import { freePorts } from "../../lab/run/ports";
import { changed, rightEntry } from "../catalog/catalogue-folder";
import { TestLab } from "./test-lab";

interface Namespaced {
  readonly metadata?: { readonly name?: string };
}

describe("a stack on a bare control plane", function () {
  this.timeout(300_000);
  const lab = new TestLab({ LAB_NODE: "kwok" });
  const catalogue = join(lab.folder, "catalogue");
  const apiServer = [{ cidr: "10.0.0.1/32", port: 6443 }];

  /** Names of all namespaces: a failed run must not have added one. */
  async function namespaces(): Promise<readonly string[]> {
    const found = await lab.api().list<Namespaced>("v1", "Namespace");
    return found.map(({ metadata }) => metadata?.name ?? "").sort();
  }
  const bare = ["default", "kube-node-lease", "kube-public", "kube-system"];

  before(async () => {
    mkdirSync(catalogue);
    writeFileSync(join(catalogue, "osv.yaml"), rightEntry);
    const { code, output } = await lab.run("lab");
    assert.equal(code, 0, output);
    assert.match(output, /^export KUBECONFIG=/m);
  });
  after(async () => {
    await lab.remove();
  });

  it("previews before any CRD exists", async () => {
    const run = await lab.pulumi({ catalogue: [catalogue] });
    const { code, output } = await run("preview");
    assert.equal(code, 0, output);
    assert.match(
      output,
      /\+ {2}kubernetes:toolhive\.stacklok\.dev\/v1beta1:MCPServer osv-server create/,
    );
    assert.deepEqual(await namespaces(), bare);
  });

  const broken: readonly (readonly [string, object, RegExp])[] = [
    [
      "an entry with an unknown key",
      { catalogue: ["unknown-key.yaml"] },
      /unknown-key\.yaml:9:1: imagee: unknown key "imagee"; did you mean "image"\?/,
    ],
    ["bad YAML", { catalogue: ["bad.yaml"] }, /bad\.yaml:\d+:\d+: this is not valid YAML/],
    ["a folder without entries", { catalogue: ["empty"] }, /empty: this folder holds no entry/],
    [
      "a path that is not there",
      { catalogue: ["nowhere"] },
      /nowhere: there is no such file or folder/,
    ],
    [
      "a name twice",
      { catalogue: ["twice"] },
      /twice\/b\.yaml:2:7: name: "osv" is taken by .*twice\/a\.yaml:2; write another name/,
    ],
    [
      "a wrong chart path",
      { platform: { crds: { chart: "lab/charts/nowhere" } } },
      /mcp-fleet:platform\.crds\.chart: "lab\/charts\/nowhere" holds no Chart\.yaml/,
    ],
    [
      "an unknown setting",
      { teirs: {} },
      /mcp-fleet:teirs: unknown key "teirs"; did you mean "tiers"\?/,
    ],
  ];
  for (const [what, settings, expected] of broken)
    it(`refuses ${what}, and changes nothing`, async () => {
      mkdirSync(join(catalogue, "..", "empty"), { recursive: true });
      mkdirSync(join(catalogue, "..", "twice"), { recursive: true });
      writeFileSync(join(lab.folder, "unknown-key.yaml"), changed("image:", "imagee:"));
      writeFileSync(join(lab.folder, "bad.yaml"), "kind: [\n");
      for (const name of ["a", "b"])
        writeFileSync(join(lab.folder, "twice", `${name}.yaml`), rightEntry);
      const absolute = Object.fromEntries(
        Object.entries(settings).map(([key, value]: [string, unknown]) => [
          key,
          Array.isArray(value) ? value.map((path) => join(lab.folder, String(path))) : value,
        ]),
      );
      const run = await lab.pulumi({ catalogue: [catalogue], ...absolute });
      const { code, output } = await run("up", "--yes");
      assert.notEqual(code, 0, output);
      assert.match(output, expected);
      assert.doesNotMatch(output, /\n +at /, "a stack trace tells a user nothing");
      assert.deepEqual(await namespaces(), bare);
    });

  it("refuses a cluster that cannot be reached", async () => {
    const [port] = await freePorts(1);
    const file = join(lab.folder, "unreachable");
    writeKubeconfig(file, `https://127.0.0.1:${port ?? 0}`, join(lab.folder, "keys", "ca.crt"), {
      token: "none",
    });
    const run = await lab.pulumi({ catalogue: [catalogue] }, { KUBECONFIG: file });
    const { code, output } = await run("up", "--yes", "--skip-preview");
    assert.notEqual(code, 0, output);
    assert.match(output, /connection refused/);
  });

  it("asks the cluster for the API server's address when the settings name none", async () => {
    const run = await lab.pulumi({ catalogue: [catalogue] });
    const up = await run("up", "--yes");
    assert.equal(up.code, 0, up.output);
    const again = await run("preview", "--expect-no-changes");
    assert.equal(again.code, 0, again.output);
    const policy = await lab.api().read<KubernetesObject & { spec: { egress: unknown[] } }>({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "proxies", namespace: "mcp-internal" },
    });
    assert.match(stringify(policy?.spec.egress[1]), /cidr: 10\.97\.0\.1\/32/);
  });

  it("moves a server to another tier as a replacement, and orphans nothing", async () => {
    writeFileSync(
      join(catalogue, "osv.yaml"),
      changed("sensitivity: internal", "sensitivity: public"),
    );
    const run = await lab.pulumi({ catalogue: [catalogue], network: { apiServer } });
    const { output: preview } = await run("preview");
    assert.match(preview, /\+-.*MCPServer osv-server replace/);
    const { code, output } = await run("up", "--yes");
    assert.equal(code, 0, output);
    const servers = await lab
      .api()
      .list<{ metadata?: { namespace?: string } }>("toolhive.stacklok.dev/v1beta1", "MCPServer");
    assert.deepEqual(
      servers.map(({ metadata }) => metadata?.namespace),
      ["mcp-public"],
    );
  });

  it("lets the CRDs go with the stack when the environment says so", async () => {
    const platform = {
      crds: { chart: "lab/charts/operator-crds", keep: false },
      operator: { chart: "lab/charts/operator" },
    };
    const run = await lab.pulumi({ catalogue: [catalogue], network: { apiServer }, platform });
    const up = await run("up", "--yes");
    assert.equal(up.code, 0, up.output);
    const { code, output } = await run("destroy", "--yes");
    assert.equal(code, 0, output);
    const crds = await lab
      .api()
      .list<Namespaced>("apiextensions.k8s.io/v1", "CustomResourceDefinition");
    assert.deepEqual(
      crds.filter(({ metadata }) => metadata?.name?.includes("toolhive")),
      [],
    );
    assert.deepEqual(await namespaces(), bare);
  });
});
