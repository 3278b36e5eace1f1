import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { settingsFromConfig } from "../../catalog";
import type { Entry, Settings } from "../../catalog";
import { serverEntry } from "../../catalog/server";
import { McpFleet } from "../../components";
import { renderEntry, renderTier } from "../../manifests";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly custom?: boolean;
}

const address = { cidr: "10.0.0.9/32", port: 6443 };

const entry: Entry = serverEntry.parse({
  kind: "Server",
  name: "osv",
  title: "OSV",
  description: "Looks up vulnerabilities.",
  owner: { team: "security-platform", contact: "#sec" },
  category: "security",
  costClass: "low",
  sensitivity: "internal",
  image: "ghcr.io/stackloklabs/osv-mcp/server",
  transport: "streamable-http",
  port: 8080,
  clients: [{ namespace: "litellm" }],
  resources: {
    requests: { cpu: "50m", memory: "64Mi" },
    limits: { cpu: "100m", memory: "128Mi" },
  },
});

function settings(network: object): Settings {
  return settingsFromConfig({ network }, __dirname, "test");
}

/** Registers a fleet under mocks; gives what was registered and the fleet's outputs. */
async function register(
  environment: Settings,
): Promise<{ readonly resources: readonly Registered[]; readonly servers: unknown }> {
  const resources: Registered[] = [];
  await runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id, custom }) => {
        resources.push({ type, name, inputs: inputs as Registered["inputs"], custom });
        const state = { ...(inputs as object) };
        if (type.endsWith(":EndpointSlice"))
          Object.assign(state, {
            endpoints: [{ addresses: ["10.0.0.9"] }],
            ports: [{ port: 6443 }],
          });
        return { id: id ?? `${name}-id`, state };
      },
      call: () => ({}),
    },
    "mcp-fleet",
    "test",
    false,
  );
  const servers = await new Promise((resolve) => {
    const fleet = new McpFleet("fleet", { settings: environment, entries: [entry] });
    fleet.servers.osv?.url.apply((url) => {
      resolve({ osv: { ...fleet.servers.osv, url } });
    });
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { resources, servers };
}

describe("McpFleet", () => {
  const environment = settings({ apiServer: [address] });
  let resources: readonly Registered[];
  let servers: unknown;
  before(async () => {
    ({ resources, servers } = await register(environment));
  });

  it("registers exactly these resources", () => {
    const tier = (sensitivity: string): readonly string[] => [
      `kubernetes:core/v1:Namespace fleet-platform-${sensitivity}-namespace`,
      `kubernetes:core/v1:ServiceAccount fleet-platform-${sensitivity}-service-account`,
      `kubernetes:networking.k8s.io/v1:NetworkPolicy fleet-platform-${sensitivity}-default-deny`,
      `kubernetes:networking.k8s.io/v1:NetworkPolicy fleet-platform-${sensitivity}-proxies`,
      `kubernetes:networking.k8s.io/v1:NetworkPolicy fleet-platform-${sensitivity}-backends`,
      `kubernetes:networking.k8s.io/v1:NetworkPolicy fleet-platform-${sensitivity}-remotes`,
      `kubernetes:core/v1:ResourceQuota fleet-platform-${sensitivity}-quota`,
      `kubernetes:core/v1:LimitRange fleet-platform-${sensitivity}-limits`,
      `mcp-fleet:index:SensitivityTier fleet-platform-${sensitivity}`,
    ];
    assert.deepEqual(
      resources.map(({ type, name }) => `${type} ${name}`).sort(),
      [
        "kubernetes:core/v1:Namespace fleet-platform-namespace",
        "kubernetes:helm.sh/v3:Release fleet-platform-crds",
        "kubernetes:helm.sh/v3:Release fleet-platform-operator",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy osv-backend-policy",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy osv-proxy-policy",
        "kubernetes:toolhive.stacklok.dev/v1beta1:MCPServer osv-server",
        "kubernetes:toolhive.stacklok.dev/v1beta1:MCPToolConfig osv-tools",
        "mcp-fleet:index:McpFleet fleet",
        "mcp-fleet:index:McpPlatform fleet-platform",
        "mcp-fleet:index:McpServer osv",
        ...["public", "internal", "confidential", "restricted"].flatMap(tier),
      ].sort(),
    );
  });

  it("registers the admission of each tier when it is asked for, and nothing else", async () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const asked = settingsFromConfig(
      {
        network: { apiServer: [address] },
        platform: { images: { proxyrunner: `ghcr.io/stacklok/toolhive/proxyrunner@${digest}` } },
        admission: { deployers: [{ user: "ci@example.com" }] },
      },
      __dirname,
      "test",
    );
    const before = new Set(resources.map(({ name }) => name));
    const added = (await register(asked)).resources.filter(({ name }) => !before.has(name));
    const group = "kubernetes:admissionregistration.k8s.io/v1";
    assert.deepEqual(
      added.map(({ type, name }) => `${type} ${name}`).sort(),
      ["public", "internal", "confidential", "restricted"]
        .flatMap((tier) => [
          `${group}:ValidatingAdmissionPolicy fleet-platform-${tier}-admission`,
          `${group}:ValidatingAdmissionPolicyBinding fleet-platform-${tier}-admission-binding`,
        ])
        .sort(),
    );
  });

  it("gives each resource the manifest that render writes", () => {
    const { network } = environment;
    const tier = { sensitivity: "internal", ...environment.tiers.internal } as const;
    const parts = [
      ...renderTier({ tier, network, apiServer: [address] }).map(({ role, manifest }) => ({
        name: `fleet-platform-internal-${role}`,
        manifest,
      })),
      ...renderEntry({
        entry,
        tier,
        environment,
        apiServer: [address],
      }).map(({ role, manifest }) => ({
        name: `osv-${role}`,
        manifest,
      })),
    ];
    for (const { name, manifest } of parts) {
      const found = resources.filter((resource) => resource.name === name);
      assert.equal(found.length, 1, name);
      assert.deepEqual(found[0]?.inputs, JSON.parse(JSON.stringify(manifest)), name);
    }
  });

  it("installs both charts pinned, the CRDs kept and the calls home switched off", () => {
    const release = (name: string): unknown =>
      resources.find((resource) => resource.name === name)?.inputs;
    const common = { namespace: "toolhive-system", version: "0.48.0" };
    assert.deepEqual(release("fleet-platform-crds"), {
      ...common,
      name: "toolhive-operator-crds",
      chart: "oci://ghcr.io/stacklok/toolhive/toolhive-operator-crds",
      values: { crds: { install: true, keep: true } },
      compat: "true",
    });
    assert.deepEqual(release("fleet-platform-operator"), {
      ...common,
      name: "toolhive-operator",
      chart: "oci://ghcr.io/stacklok/toolhive/toolhive-operator",
      values: { operator: { env: [{ name: "TOOLHIVE_SKIP_UPDATE_CHECK", value: "true" }] } },
      compat: "true",
    });
  });

  it("tells of each server its kind, url, tier, namespace and owner", () => {
    assert.deepEqual(servers, {
      osv: {
        kind: "Server",
        url: "http://mcp-osv-proxy.mcp-internal.svc.cluster.local:8080/mcp",
        tier: "internal",
        namespace: "mcp-internal",
        owner: "security-platform",
      },
    });
  });

  it("asks the cluster for the API server's address where the settings name none", async () => {
    const asked = await register(settings({}));
    const read = asked.resources.find(({ type }) => type.endsWith(":EndpointSlice"));
    assert.equal(read?.name, "fleet-platform-api-server");
    const proxies = asked.resources.find(({ name }) => name === "fleet-platform-public-proxies");
    const { egress } = proxies?.inputs.spec as { readonly egress: readonly unknown[] };
    assert.deepEqual(egress[1], {
      to: [{ ipBlock: { cidr: address.cidr } }],
      ports: [{ protocol: "TCP", port: address.port }],
    });
  });
});
