import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import { Pulumi, labStack } from "../../lab/pulumi";
import { project } from "../../lab/settings";
import { mcpFleet } from "../cli/command";
import { TestLab, listens } from "./test-lab";

const osv = {
  apiVersion: "toolhive.stacklok.dev/v1beta1",
  kind: "MCPServer",
  metadata: { name: "osv", namespace: "mcp-internal" },
};
const deny = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "default-deny", namespace: "mcp-internal" },
};
const tools = { ...osv, kind: "MCPToolConfig" };
const account = {
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: "mcp-server", namespace: "mcp-public" },
};
const emptyTier = { apiVersion: "v1", kind: "Namespace", metadata: { name: "mcp-restricted" } };
const tier = { apiVersion: "v1", kind: "Namespace", metadata: { name: "mcp-internal" } };

describe("first light", function () {
  this.timeout(600_000);
  const lab = new TestLab({ LAB_NODE: "kwok" });
  let pulumi: Pulumi;
  const run = async (...args: readonly string[]): Promise<string> =>
    await pulumi.must([...args, "--stack", labStack], `${lab.folder}/log/test.log`);

  after(async () => {
    await lab.remove();
  });

  it("make up ends with the fleet Ready", async () => {
    const { code, output } = await lab.run("up");
    assert.equal(code, 0, output);
    assert.match(
      output,
      /^osv +internal +Ready +http:\/\/mcp-osv-proxy\.mcp-internal\.svc\.cluster\.local:8080\/mcp/m,
    );
    pulumi = new Pulumi(await lab.variables(), lab.folder);
  });

  it("a second make up changes nothing", async () => {
    const { code, output } = await lab.run("up");
    assert.equal(code, 0, output);
    assert.match(output, /pulumi up +\d+ unchanged/);
    await run("preview", "--expect-no-changes");
  });

  it("installs both charts as Releases in toolhive-system", async () => {
    const state = JSON.parse(await run("stack", "export")) as {
      readonly deployment: { readonly resources: readonly StateResource[] };
    };
    const releases = state.deployment.resources.filter(
      ({ type }) => type === "kubernetes:helm.sh/v3:Release",
    );
    assert.deepEqual(
      releases.map(({ outputs }) => [outputs?.name, outputs?.namespace, outputs?.version]).sort(),
      [
        ["toolhive-operator", "toolhive-system", "0.48.0"],
        ["toolhive-operator-crds", "toolhive-system", "0.48.0"],
      ],
    );
  });

  it("applies exactly what render writes", async () => {
    const out = join(lab.folder, "rendered");
    assert.equal(mcpFleet(project, "render", "--stack", labStack, "--out", out).code, 0);
    const { status, stdout, stderr } = spawnSync(
      "kubectl",
      ["diff", "--server-side", "--force-conflicts", "--recursive", "--filename", out],
      { env: { ...process.env, ...(await lab.variables()) }, encoding: "utf8" },
    );
    assert.deepEqual([status, stdout, stderr], [0, "", ""]);
  });

  it("tells kind, url, tier, namespace and owner of each entry as outputs", async () => {
    const { servers } = JSON.parse(await run("stack", "output", "--json")) as {
      readonly servers: unknown;
    };
    const server = (name: string, tier: string, owner: string): object => ({
      [name]: {
        kind: "Server",
        url: `http://mcp-${name}-proxy.mcp-${tier}.svc.cluster.local:8080/mcp`,
        tier,
        namespace: `mcp-${tier}`,
        owner,
      },
    });
    assert.deepEqual(servers, {
      ...server("everything", "public", "ai-platform"),
      ...server("osv", "internal", "security-platform"),
      ...server("sequential-thinking", "public", "ai-platform"),
    });
  });

  it("up --refresh puts back what was deleted or edited by hand", async () => {
    const api = lab.api();
    await api.delete(deny);
    await api.delete(account);
    await api.delete(emptyTier);
    await api.delete(tools);
    await api.patch(osv, { spec: { image: "example.com/evil:1" } }, "somebody");
    await api.patch(
      tier,
      { metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } },
      "somebody",
    );
    await gone(api, emptyTier);
    await run("up", "--refresh", "--yes");
    for (const object of [deny, account, emptyTier, tools])
      assert.ok(await api.read(object), object.metadata.name);
    const server = await api.read<KubernetesObject & { spec: { image: string } }>(osv);
    assert.equal(server?.spec.image, "ghcr.io/stackloklabs/osv-mcp/server");
    const namespace = await api.read(tier);
    assert.equal(namespace?.metadata?.labels?.["pod-security.kubernetes.io/enforce"], "restricted");
    await run("preview", "--refresh", "--expect-no-changes");
  });

  it("up --refresh --replace of the operator's Release puts back what is Helm's own", async () => {
    const api = lab.api();
    const operator = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "toolhive-operator", namespace: "toolhive-system" },
    };
    await api.delete(operator);
    const urns = await run("stack", "--show-urns");
    const urn = /urn:\S+Release::fleet-platform-operator/.exec(urns)?.[0] ?? "";
    await run("up", "--refresh", "--yes", "--replace", urn);
    assert.ok(await api.read(operator));
    assert.ok(await api.read(osv), "the servers stay");
  });

  it("destroys in one go, keeps the CRDs, and takes them up again", async () => {
    const api = lab.api();
    await run("destroy", "--yes");
    for (const namespace of [tier, emptyTier, { ...tier, metadata: { name: "toolhive-system" } }])
      assert.equal(await api.read(namespace), undefined, namespace.metadata.name);
    const crds = await api.list("apiextensions.k8s.io/v1", "CustomResourceDefinition");
    assert.equal(
      crds.filter(({ metadata }) => metadata?.name?.endsWith(".toolhive.stacklok.dev")).length,
      14,
    );
    const { code, output } = await lab.run("up");
    assert.equal(code, 0, output);
  });

  it("make down leaves no process, no port and no file", async () => {
    const ports = lab.ports();
    assert.ok((await Promise.all(ports.map(listens))).includes(true));
    assert.ok(lab.leftProcesses().length > 5);
    const { code, output } = await lab.run("down");
    assert.equal(code, 0, output);
    assert.deepEqual(lab.leftProcesses(), []);
    assert.deepEqual(
      await Promise.all(ports.map(listens)),
      ports.map(() => false),
    );
    assert.equal(existsSync(lab.folder), false);
  });
});

interface StateResource {
  readonly type: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

async function gone(api: ReturnType<TestLab["api"]>, name: typeof emptyTier): Promise<void> {
  for (let i = 0; i < 100 && (await api.read(name)); i++)
    await new Promise((resolve) => setTimeout(resolve, 100));
}
