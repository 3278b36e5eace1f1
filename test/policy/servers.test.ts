import assert from "node:assert/strict";
import { inStack, right, said } from "./right";
import type { Plain } from "./right";
import { table } from "./table";

const gateway: Plain = {
  apiVersion: "toolhive.stacklok.dev/v1beta1",
  kind: "VirtualMCPServer",
  metadata: { name: "all", namespace: "mcp-internal" },
  spec: { groupRef: { name: "all" }, incomingAuth: { type: "anonymous" } },
};
const long = (length: number): string => "a".repeat(length);

table("rules over servers", [
  {
    rule: "MCP002",
    what: "a server without owner and cost class",
    object: right("server"),
    changes: {
      'metadata.labels."mcp-fleet.dev/owner"': undefined,
      'metadata.labels."mcp-fleet.dev/cost-class"': "",
    },
    says: [
      "metadata.labels: mcp-fleet.dev/owner, mcp-fleet.dev/cost-class are missing: what runs here is made from a catalogue entry; write one",
    ],
  },
  {
    rule: "MCP002",
    what: "a remote without entry",
    object: right("remote"),
    changes: { 'metadata.labels."mcp-fleet.dev/entry"': undefined },
    says: [
      "metadata.labels: mcp-fleet.dev/entry is missing: what runs here is made from a catalogue entry; write one",
    ],
  },
  {
    rule: "MCP002",
    what: "a gateway without labels",
    object: gateway,
    says: [
      "metadata.labels: mcp-fleet.dev/entry, mcp-fleet.dev/owner, mcp-fleet.dev/category, mcp-fleet.dev/cost-class are missing: what runs here is made from a catalogue entry; write one",
      'metadata.labels["mcp-fleet.dev/sensitivity"]: is missing; write internal, the tier of namespace mcp-internal',
    ],
  },
  {
    rule: "MCP002",
    what: "a server in another tier's namespace",
    object: right("server"),
    changes: { "metadata.namespace": "mcp-public" },
    says: [
      'metadata.labels["mcp-fleet.dev/sensitivity"]: "internal" is not the tier of namespace mcp-public; write public, or move the server',
    ],
  },
  {
    rule: "MCP002",
    what: "a server without sensitivity",
    object: right("server"),
    changes: { 'metadata.labels."mcp-fleet.dev/sensitivity"': undefined },
    says: [
      'metadata.labels["mcp-fleet.dev/sensitivity"]: is missing; write internal, the tier of namespace mcp-internal',
    ],
  },
  {
    rule: "MCP002",
    what: "a server in no tier's namespace",
    object: right("server"),
    changes: { "metadata.namespace": "default" },
    says: [
      'metadata.namespace: "default" is the namespace of no tier; write one of mcp-public, mcp-internal, mcp-confidential, mcp-restricted',
    ],
  },
  {
    rule: "MCP002",
    what: "a server where its environment has the tier",
    object: right("server"),
    changes: { "metadata.namespace": "tools" },
    tiers: { internal: { namespace: "tools" } },
    says: [],
  },
  {
    rule: "MCP004",
    what: "a server without a filter",
    object: right("server"),
    changes: { "spec.toolConfigRef": undefined },
    says: [
      "spec.toolConfigRef: is missing, which publishes every tool; name an MCPToolConfig that lists them",
    ],
  },
  {
    rule: "MCP004",
    what: "a remote whose filter has no name",
    object: right("remote"),
    changes: { "spec.toolConfigRef": { name: "" } },
    says: [
      "spec.toolConfigRef: is missing, which publishes every tool; name an MCPToolConfig that lists them",
    ],
  },
  {
    rule: "MCP004",
    what: "an empty filter",
    object: right("tools"),
    changes: { "spec.toolsFilter": [] },
    says: ["spec.toolsFilter: is empty, which publishes every tool; list those to publish"],
  },
  {
    rule: "MCP004",
    what: "a filter without a list",
    object: right("tools"),
    changes: { spec: {} },
    says: ["spec.toolsFilter: is empty, which publishes every tool; list those to publish"],
  },
  {
    rule: "MCP017",
    what: "a server that speaks sse",
    object: right("server"),
    changes: { "spec.transport": "sse" },
    says: [
      "spec.transport: sse is deprecated by MCP; take streamable-http when the server or the vendor offers it",
    ],
  },
  {
    rule: "MCP017",
    what: "a proxy of stdio that speaks sse",
    object: right("server"),
    changes: { "spec.transport": "stdio", "spec.proxyMode": "sse" },
    says: [
      "spec.proxyMode: sse is deprecated by MCP; take streamable-http when the server or the vendor offers it",
    ],
  },
  {
    rule: "MCP018",
    what: "a server named like ToolHive's proxies",
    object: right("server"),
    changes: { "metadata.name": "mcpserver" },
    says: [
      'metadata.name: "mcpserver" is taken: ToolHive labels every proxy so, and the server\'s Service would select them all; write another',
    ],
  },
  {
    rule: "MCP018",
    what: "a server whose Service's name would be too long",
    object: right("server"),
    changes: { "metadata.name": long(51) },
    says: [`metadata.name: "${long(51)}" does not fit; write a DNS label of at most 50 characters`],
  },
  {
    rule: "MCP018",
    what: "a remote whose Service's name would be too long",
    object: right("remote"),
    changes: { "metadata.name": long(47) },
    says: [`metadata.name: "${long(47)}" does not fit; write a DNS label of at most 46 characters`],
  },
  {
    rule: "MCP018",
    what: "a name with a dot",
    object: right("server"),
    changes: { "metadata.name": "a.b" },
    says: ['metadata.name: "a.b" does not fit; write a DNS label of at most 50 characters'],
  },
  {
    rule: "MCP018",
    what: "a remote with the longest name",
    object: right("remote"),
    changes: { "metadata.name": long(46) },
    says: [],
  },
  ...["MCP002", "MCP004", "MCP017", "MCP018"].flatMap((rule) =>
    ["server", "remote", "tools", "namespace"].map((role) => ({
      rule,
      what: `the ${role} that mcp-fleet makes`,
      object: right(role),
      says: [],
    })),
  ),
]);

describe("MCP001", () => {
  const under = (...types: readonly string[]) => ({
    parent: `urn:pulumi:test::fleet::${types.join("$")}::osv`,
  });
  const refused = (kind: string, maker: string): readonly string[] => [
    `kind: this ${kind} is made by ${maker}, without network rules, labels and checks; write a catalogue entry instead`,
  ];

  for (const object of [right("server"), right("remote"), gateway])
    it(`refuses a ${object.kind} that the program itself makes`, () => {
      const parent = "urn:pulumi:test::fleet::pulumi:pulumi:Stack::fleet-test";
      assert.deepEqual(
        said("MCP001", [inStack(object, { parent })]),
        refused(object.kind, "the program itself"),
      );
    });

  it("refuses one that another component makes, also below ours", () => {
    const other = under("mcp-fleet:index:McpServer", "acme:index:Tools");
    assert.deepEqual(
      said("MCP001", [inStack(right("server"), other)]),
      refused("MCPServer", "acme:index:Tools"),
    );
  });

  it("passes one of a component that the configuration names", () => {
    const object = inStack(right("server"), under("acme:index:Tools"));
    assert.deepEqual(said("MCP001", [object], { config: { owners: ["acme:index:Tools"] } }), []);
  });

  it("passes those of McpServer and McpRemote, and what else ToolHive has", () => {
    const objects = ["server", "remote", "tools", "oidc"].map((role) => inStack(right(role)));
    assert.deepEqual(said("MCP001", objects), []);
  });
});
