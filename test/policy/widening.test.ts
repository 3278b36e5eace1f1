import { sensitivities } from "../../catalog";
import { renderTier } from "../../manifests";
import { tiersFrom } from "../../policy/tiers";
import { changed, right, settings } from "./right";
import type { Plain } from "./right";
import { table } from "./table";

const backend = right("backend-policy");
const closed = { internal: { openEgress: false } };
const range = (cidr: string, except?: readonly string[]) => ({ ipBlock: { cidr, except } });
const to = (...peers: readonly object[]) => ({ "spec.egress": [{ to: peers }] });
const from = (...peers: readonly object[]) => ({ "spec.ingress": [{ from: peers }] });
const every = "selects every pod of tier internal, and all of them get these rules; name the pods";
const wide = (cidr: string): string =>
  `"${cidr}" comes near to the internet, which tier internal does not allow; write ranges no wider than /16 (IPv4) and /32 (IPv6)`;
const many = (cidr: string): string =>
  `"${cidr}" lets whole networks in; name namespaces and pods, or ranges no wider than /16 (IPv4) and /32 (IPv6)`;
const name = "kubernetes.io/metadata.name";
const expressions = (...matchExpressions: readonly object[]) => ({ matchExpressions });

table("rules over what widens a NetworkPolicy in parts", [
  {
    rule: "MCP015",
    what: "ranges that together are the internet, in a tier that forbids it",
    object: backend,
    changes: to(range("1.0.0.0/8"), range("2.0.0.0/7"), range("2400::/6"), range("3000::/4")),
    tiers: closed,
    says: ["1.0.0.0/8", "2.0.0.0/7", "2400::/6", "3000::/4"].map(
      (cidr, i) => `spec.egress[0].to[${i}]: ${wide(cidr)}`,
    ),
  },
  {
    rule: "MCP015",
    what: "both halves of the internet, whatever is left out of them",
    object: backend,
    changes: to(range("0.0.0.0/1", ["10.0.0.0/8"]), range("128.0.0.0/1", ["169.254.0.0/16"])),
    says: [
      'spec.egress[0].to[0]: "0.0.0.0/1" reaches 0.0.0.0/8, where the node or its metadata service answers; write a narrower range',
      'spec.egress[0].to[1]: "128.0.0.0/1" reaches 169.254.0.0/16, where the node or its metadata service answers; write a narrower range',
    ],
  },
  {
    rule: "MCP015",
    what: "vendors' ranges, and wide ones that are private",
    object: backend,
    changes: to(range("140.82.112.0/20"), range("10.0.0.0/8"), range("2606:4700::/32")),
    tiers: closed,
    says: [],
  },
  {
    rule: "MCP015",
    what: "whole networks coming in",
    object: backend,
    changes: from(range("0.0.0.0/1"), range("10.0.0.0/8"), range("10.20.0.0/16")),
    says: [
      `spec.ingress[0].from[0]: ${many("0.0.0.0/1")}`,
      `spec.ingress[0].from[1]: ${many("10.0.0.0/8")}`,
    ],
  },
  {
    rule: "MCP015",
    what: "ports from that of DNS to the last as DNS",
    object: backend,
    changes: {
      "spec.egress": [
        { to: [range("169.254.169.254/32")], ports: [{ port: 53, endPort: 65535 }] },
        { to: [range("169.254.169.254/32")], ports: [{ port: 53 }, {}] },
      ],
    },
    says: [0, 1].map(
      (i) =>
        `spec.egress[${i}].to[0]: "169.254.169.254/32" reaches 169.254.0.0/16, where the node or its metadata service answers; write a narrower range`,
    ),
  },
  {
    rule: "MCP015",
    what: "DNS of the whole internet in a tier that forbids it",
    object: backend,
    changes: { "spec.egress": [{ to: [range("8.0.0.0/7")], ports: [{ port: 53 }] }] },
    tiers: closed,
    says: [`spec.egress[0].to[0]: ${wide("8.0.0.0/7")}`],
  },
  {
    rule: "MCP015",
    what: "namespaces by a label that each has, or that many may have",
    object: backend,
    changes: from(
      { namespaceSelector: expressions({ key: name, operator: "Exists" }) },
      {
        namespaceSelector: expressions(
          { key: name, operator: "NotIn", values: ["kube-system"] },
          { key: "team", operator: "Exists" },
        ),
      },
      { namespaceSelector: { matchLabels: {}, matchExpressions: [] } },
    ),
    says: [0, 1, 2].map(
      (i) =>
        `spec.ingress[0].from[${i}]: is every namespace of the cluster, or every one with some label; name them`,
    ),
  },
  {
    rule: "MCP015",
    what: "namespaces by name",
    object: backend,
    changes: from(
      { namespaceSelector: { matchLabels: { [name]: "litellm" } } },
      { namespaceSelector: expressions({ key: name, operator: "In", values: ["a", "b"] }) },
    ),
    says: [],
  },
  {
    rule: "MCP015",
    what: "the tier's own namespace by its name",
    object: backend,
    changes: from(
      { namespaceSelector: { matchLabels: { [name]: "mcp-internal" } } },
      {
        namespaceSelector: expressions({ key: name, operator: "In", values: ["mcp-internal"] }),
        podSelector: { matchLabels: { toolhive: "true" } },
      },
    ),
    says: [0, 1].map(
      (i) => `spec.ingress[0].from[${i}]: is every pod of tier internal; name the pods`,
    ),
  },
  {
    rule: "MCP015",
    what: "every pod of ToolHive, and every backend",
    object: backend,
    changes: to(
      { podSelector: { matchLabels: { toolhive: "true" } } },
      { podSelector: expressions({ key: "toolhive-basename", operator: "Exists" }) },
    ),
    says: [0, 1].map(
      (i) => `spec.egress[0].to[${i}]: is every pod of tier internal; name the pods`,
    ),
  },
  {
    rule: "MCP015",
    what: "rules for every pod of ToolHive",
    object: backend,
    changes: { "spec.podSelector": { matchLabels: { toolhive: "true" } } },
    says: [`spec.podSelector: ${every}`],
  },
  {
    rule: "MCP015",
    what: "rules for every pod that has a label",
    object: backend,
    changes: { "spec.podSelector": expressions({ key: "toolhive", operator: "Exists" }) },
    says: [`spec.podSelector: ${every}`],
  },
  {
    rule: "MCP015",
    what: "the internet for all backends, though the tier allows it to an entry",
    object: right("backends"),
    changes: to(range("1.0.0.0/8")),
    says: [
      'spec.egress[0].to[0]: "1.0.0.0/8" comes near to the internet, which no group of pods is allowed; write ranges no wider than /16 (IPv4) and /32 (IPv6)',
    ],
  },
  {
    rule: "MCP015",
    what: "a policy of an engine that nobody checks",
    object: changed(backend, { apiVersion: "projectcalico.org/v3", kind: "NetworkPolicy" }),
    says: [
      "kind: is a NetworkPolicy of projectcalico.org, which no rule here can read; write it as one of networking.k8s.io or cilium.io",
    ],
  },
]);

const cilium: Plain = {
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name: "osv", namespace: "mcp-internal" },
  spec: { endpointSelector: { matchLabels: { "toolhive-basename": "osv" } } },
};
const podNamespace = "k8s:io.kubernetes.pod.namespace";
const tier = tiersFrom(undefined, "here")[sensitivities.indexOf("internal")];
const { network, oidc } = settings({ network: { engine: "cilium" } });

table("rules over what widens a CiliumNetworkPolicy in parts", [
  {
    rule: "MCP015",
    what: "every pod of every namespace, and the node by a label",
    object: cilium,
    changes: {
      "spec.egress": [
        { toEndpoints: [expressions({ key: podNamespace, operator: "Exists" })] },
        { toEndpoints: [{ matchLabels: { "reserved:host": "" } }] },
        { toNodes: [{ matchLabels: { role: "gpu" } }] },
        { toEndpoints: null },
      ],
    },
    says: [
      "spec.egress[0].toEndpoints[0]: is every pod of tier internal, or of the cluster; name the pods",
      'spec.egress[1].toEndpoints[0]: "reserved:host" is more than one peer; name pods, hosts or ranges',
      "spec.egress[2].toNodes[0]: is no pod, host or range; name one",
      "spec.egress[3]: names no peer, which is everywhere; name the peers",
    ],
  },
  {
    rule: "MCP015",
    what: "rules for every pod but some",
    object: cilium,
    changes: {
      "spec.endpointSelector": expressions({ key: "a", operator: "DoesNotExist" }),
      "spec.egress": [{ toEntities: ["none"] }],
    },
    says: [`spec.endpointSelector: ${every}`],
  },
  ...(tier ? renderTier({ tier, network, oidc, apiServer: [] }) : [])
    .filter(({ manifest }) => manifest.kind === "CiliumNetworkPolicy")
    .map(({ role, manifest }) => ({
      rule: "MCP015",
      what: `the ${role} that mcp-fleet makes for Cilium`,
      object: manifest as unknown as Plain,
      says: [],
    })),
]);
