import assert from "node:assert/strict";
import { violationsOf } from "../../policy/rule";
import { rules } from "../../policy/rules";
import { stackObjects } from "../../policy/stack-object";
import { tiersFrom } from "../../policy/tiers";
import { changed, inStack, right, said } from "./right";
import type { Plain } from "./right";
import { told, unknown } from "./sdk";

const at = (object: Plain, apiVersion: string, kind = object.kind) => ({
  type: `kubernetes:${apiVersion}:${kind}`,
  props: object,
});
const namespace = right("namespace");
const deny = right("default-deny");

describe("objects of a stack", () => {
  it("are told by what they are, however the resource is called", () => {
    const seen = (type: string, props: object) =>
      stackObjects({ type, props }).map(({ group, kind, name, namespace: inside, partial }) => [
        group,
        kind,
        name,
        inside,
        partial,
      ]);
    const metadata = { name: "a", namespace: "b" };
    assert.deepEqual(seen("kubernetes:core/v1:NamespacePatch", { metadata: { name: "a" } }), [
      ["", "Namespace", "a", undefined, true],
    ]);
    assert.deepEqual(
      seen("kubernetes:networking.k8s.io/v1:NetworkPolicyPatch", {
        kind: "NetworkPolicy",
        metadata,
      }),
      [["networking.k8s.io", "NetworkPolicy", "a", "b", true]],
    );
    assert.deepEqual(
      seen("kubernetes:toolhive.stacklok.dev/v1beta1:MCPServerPatch", {
        apiVersion: "toolhive.stacklok.dev/v1beta1",
        kind: "MCPServer",
        metadata,
      }),
      [["toolhive.stacklok.dev", "MCPServer", "a", "b", true]],
    );
    assert.deepEqual(seen("kubernetes:acme.dev/v1:DailyPatch", { kind: "DailyPatch", metadata }), [
      ["acme.dev", "DailyPatch", "a", "b", false],
    ]);
  });

  it("are those of a list, each at its place", () => {
    const items = [{ metadata: { name: "a" } }, { kind: "Secret", metadata: { name: "b" } }];
    const seen = (type: string, props: object) =>
      stackObjects({ type, props }).map(({ kind, name, place }) => [kind, name, place]);
    const both = (first: string) => [
      [first, "a", ["items", 0]],
      ["Secret", "b", ["items", 1]],
    ];
    assert.deepEqual(seen("kubernetes:core/v1:ServiceList", { items }), both("Service"));
    assert.deepEqual(seen("kubernetes:core/v1:List", { kind: "List", items }), both(""));
    assert.deepEqual(seen("kubernetes:acme.dev/v1:AllowList", { metadata: { name: "x" } }), [
      ["AllowList", "x", []],
    ]);
  });

  it("are neither Releases nor resources of other providers", () => {
    for (const type of [
      "kubernetes:helm.sh/v3:Release",
      "aws:s3/bucket:Bucket",
      "pulumi:pulumi:Stack",
    ])
      assert.deepEqual(stackObjects({ type, props: { kind: "MCPServer" } }), [], type);
  });

  it("have the secrets of their own place in a list", () => {
    const items = [right("server"), right("remote")];
    const secrets = [
      ["items", 0, "spec", "env"],
      ["items", 1],
    ];
    assert.deepEqual(
      stackObjects({
        type: "kubernetes:toolhive.stacklok.dev/v1beta1:MCPServerList",
        props: { items },
        secrets,
      }).map((object) => object.secrets),
      [[["spec", "env"]], [[]]],
    );
  });

  it("of a list are refused at their places", async () => {
    const items = [
      right("service-account"),
      changed(right("alias.vulnerabilities"), { "spec.type": "NodePort" }),
    ];
    assert.deepEqual(
      await told("MCP007", at({ apiVersion: "v1", kind: "List", items }, "core/v1")),
      [
        'items[1].spec.type: "NodePort" is not ClusterIP: a tool is reached inside the cluster, through its proxy; write ClusterIP',
      ],
    );
  });
});

describe("patches", () => {
  const tiers = tiersFrom({ internal: { auth: true } }, "here");
  /** The rules that break, but those about who makes an object. */
  const broken = (object: Plain): readonly string[] =>
    stackObjects({
      ...at(object, object.apiVersion, `${object.kind}Patch`),
      parent: "urn:pulumi:a::b::mcp-fleet:index:McpServer::c",
    }).flatMap((one) =>
      rules.flatMap((rule) =>
        "check" in rule
          ? violationsOf(rule, one, { tiers, config: {} }).map(() => rule.id)
          : rule.checkStack([one], { tiers, config: {} }).violations.map(() => rule.id),
      ),
    );
  const metadata = {
    name: "osv",
    namespace: "mcp-internal",
    labels: { "mcp-fleet.dev/sensitivity": "internal" },
  };
  const toolhive = "toolhive.stacklok.dev/v1beta1";

  it("pass that leave to another what they do not say", () => {
    for (const [apiVersion, kind, more] of [
      [toolhive, "MCPServer", { spec: { replicas: 2 } }],
      [toolhive, "MCPRemoteProxy", {}],
      [toolhive, "MCPToolConfig", {}],
      [toolhive, "VirtualMCPServer", { spec: { replicas: 2 } }],
      ["v1", "ServiceAccount", { imagePullSecrets: [{ name: "a" }] }],
      ["apps/v1", "Deployment", { spec: { template: { spec: { containers: [{ name: "a" }] } } } }],
      ["networking.k8s.io/v1", "NetworkPolicy", { spec: { egress: [] } }],
    ] as const)
      assert.deepEqual(
        broken({
          apiVersion,
          kind,
          metadata,
          ...more,
        }),
        [],
        kind,
      );
    assert.deepEqual(
      broken({ apiVersion: "v1", kind: "Namespace", metadata: { name: "mcp-internal" } }),
      [],
    );
  });

  it("are refused for what they do say", () => {
    for (const [id, apiVersion, kind, more] of [
      ["MCP004", toolhive, "MCPToolConfig", { spec: { toolsFilter: [] } }],
      ["MCP007", toolhive, "MCPServer", { spec: { mcpPort: 30000 } }],
      ["MCP015", "networking.k8s.io/v1", "NetworkPolicy", { spec: { egress: [{}] } }],
      ["MCP016", "v1", "ServiceAccount", { automountServiceAccountToken: true }],
    ] as const)
      assert.deepEqual(
        broken({
          apiVersion,
          kind,
          metadata,
          ...more,
        }),
        [id],
        kind,
      );
    assert.deepEqual(
      broken({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: {
          name: "mcp-internal",
          labels: { "pod-security.kubernetes.io/enforce": "privileged" },
        },
      }),
      ["MCP013"],
    );
  });

  it("do not deny by default what another makes", () => {
    const patch = inStack(deny, {
      type: "kubernetes:networking.k8s.io/v1:NetworkPolicyPatch",
    });
    assert.equal(said("MCP014", [inStack(namespace), patch]).length, 1);
  });
});

describe("what a preview does not know", () => {
  const policy = (changes: object) =>
    at(changed(deny, changes as Record<string, unknown>), "networking.k8s.io/v1");
  const cannot = (path: string): string =>
    `cannot run: string value at .${path} can't be known during preview`;

  it("is said of a field that a rule looks at", async () => {
    const server = (changes: Record<string, unknown>) =>
      at(changed(right("server"), changes), "toolhive.stacklok.dev/v1beta1");
    assert.deepEqual(await told("MCP003", server({ "spec.image": unknown })), [
      cannot("spec.image"),
    ]);
    assert.deepEqual(await told("MCP003", server({ "spec.transport": unknown })), []);
    assert.deepEqual(await told("MCP015", policy({ "spec.egress": unknown })), [
      cannot("spec.egress"),
    ]);
    for (const { id } of rules.filter((rule) => "check" in rule && !rule.seesSecrets))
      assert.deepEqual(await told(id, server({ metadata: unknown })), [cannot("metadata")], id);
  });

  it("is said where a policy may be the one that denies, after what is wrong all the same", async () => {
    const maybe = at(namespace, "core/v1");
    assert.deepEqual(await told("MCP014", maybe, policy({ "spec.ingress": unknown })), [
      cannot("spec.ingress"),
    ]);
    assert.deepEqual(await told("MCP014", maybe, policy({ "metadata.namespace": unknown })), [
      cannot("metadata.namespace"),
    ]);
    const other = at(changed(namespace, { "metadata.name": "shadow" }), "core/v1");
    assert.deepEqual(await told("MCP014", other, maybe, policy({ spec: unknown })), [
      "metadata.name: no NetworkPolicy of this stack denies Ingress and Egress to all pods of shadow; make the namespace by SensitivityTier, or add one with podSelector: {} and policyTypes: [Ingress, Egress]",
      cannot("spec"),
    ]);
  });

  it("is said of a namespace that may be a tier", async () => {
    const nameless = at(changed(namespace, { "metadata.name": unknown }), "core/v1");
    assert.deepEqual(await told("MCP014", nameless), [cannot("metadata.name")]);
  });

  it("is not said where another policy denies", async () => {
    const all = [at(namespace, "core/v1"), policy({}), policy({ "spec.ingress": unknown })];
    assert.deepEqual(await told("MCP014", ...all), []);
  });
});
