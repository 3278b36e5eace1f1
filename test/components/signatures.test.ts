import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { tiersOf } from "../../catalog";
import type { ServerEntry, Settings, Tier } from "../../catalog";
import { McpFleet, McpServer, SensitivityTier } from "../../components";
import { entries, key, server, settingsOf } from "../manifests/signed";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const apiServer = [{ cidr: "10.0.0.9/32", port: 6443 }];
const chart = { chart: "oci://registry.example.com/kyverno", version: "3.9.1" };

function internalOf(settings: Settings): Tier {
  const tier = tiersOf(settings).find(({ sensitivity }) => sensitivity === "internal");
  assert.ok(tier);
  return tier;
}

describe("components whose images must be signed", () => {
  const settings = settingsOf("kyverno", undefined, { install: true, chart });
  const network = { ...settings.network, apiServer };
  let resources: Registered[] = [];
  before(async () => {
    await runtime.setMocks(
      {
        newResource: ({ type, name, inputs }) => {
          resources.push({ type, name, inputs: inputs as Registered["inputs"] });
          return { id: `${name}-id`, state: inputs as object };
        },
        call: () => ({}),
      },
      "mcp-fleet",
      "test",
      false,
    );
  });
  beforeEach(() => {
    resources = [];
  });

  it("make the engine and each policy of each tier", async () => {
    new McpFleet("fleet", { settings: { ...settings, network }, entries });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const found = resources.filter(({ name }) => name.includes("signature"));
    assert.deepEqual(
      found.map(({ type, name }) => `${type} ${name}`).sort(),
      [
        "kubernetes:core/v1:Namespace fleet-platform-signatures-namespace",
        "kubernetes:helm.sh/v3:Release fleet-platform-signatures",
        ...[
          "public-signature-entry-gofetch",
          "internal-signature-entry-docker",
          "internal-signature-proxies",
          "internal-signature-backends",
          "restricted-signature-proxies",
          "restricted-signature-backends",
        ].map(
          (name) =>
            `kubernetes:policies.kyverno.io/v1:ImageValidatingPolicy fleet-platform-${name}`,
        ),
      ].sort(),
    );
    const release = found.find(({ name }) => name === "fleet-platform-signatures");
    assert.deepEqual(release?.inputs, {
      ...chart,
      name: "kyverno",
      namespace: "kyverno",
      values: {},
      compat: "true",
    });
  });

  it("refuse a tier that demands signatures which nothing verifies", () => {
    const tier = internalOf(settings);
    assert.throws(() => new SensitivityTier("t", { tier, network, apiServer }), {
      message:
        "t: signatures are demanded in tier internal, and nothing is named that verifies them; give signatures: { signatures: { engine: … }, entries: … }",
    });
  });

  it("refuse an entry that demands a signature which nothing verifies", () => {
    const entry = server("docker", { signature: { key } }) as ServerEntry;
    const tier = internalOf(settingsOf("kyverno", {}));
    const environment = { ...settings, signatures: undefined };
    assert.throws(() => new McpServer("docker", { entry, tier, environment, apiServer }), {
      message:
        "docker: a signature is demanded, and environment names nothing that verifies it; give environment.signatures",
    });
  });
});
