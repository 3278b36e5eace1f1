import { internet } from "../../catalog";
import { changed, right } from "./right";
import type { Plain } from "./right";
import { table } from "./table";

const backend = right("backend-policy");
const [ipv4, ipv6] = internet;
const block = (one: typeof ipv4) => ({
  ipBlock: { cidr: one?.cidr.text, except: one?.except.map(({ text }) => text) },
});
const to = (...peers: readonly object[]) => ({ "spec.egress": [{ to: peers }] });
const from = (...peers: readonly object[]) => ({ "spec.ingress": [{ from: peers }] });
const range = (cidr: string, except?: readonly string[]) => ({ ipBlock: { cidr, except } });
const closed = { internal: { openEgress: false } };
const every = "selects every pod of tier internal, and all of them get these rules; name the pods";

table("rules over NetworkPolicies", [
  {
    rule: "MCP015",
    what: "rules for every pod",
    object: backend,
    changes: { "spec.podSelector": {} },
    says: [`spec.podSelector: ${every}`],
  },
  {
    rule: "MCP015",
    what: "rules for every pod but some",
    object: backend,
    changes: {
      "spec.podSelector": { matchExpressions: [{ key: "a", operator: "DoesNotExist" }] },
    },
    says: [`spec.podSelector: ${every}`],
  },
  {
    rule: "MCP015",
    what: "rules without peers",
    object: backend,
    changes: { "spec.ingress": [{}], "spec.egress": [{ to: [], ports: [{ port: 443 }] }] },
    says: [
      "spec.ingress[0].from: is empty, which is everybody; name the peers",
      "spec.egress[0].to: is empty, which is everywhere; name the peers",
    ],
  },
  {
    rule: "MCP015",
    what: "every namespace, and every one but some",
    object: backend,
    changes: from(
      { namespaceSelector: {}, podSelector: { matchLabels: { app: "litellm" } } },
      { namespaceSelector: { matchExpressions: [{ key: "a", operator: "NotIn", values: ["b"] }] } },
    ),
    says: [
      "spec.ingress[0].from[0]: is every namespace of the cluster, or every one with some label; name them",
      "spec.ingress[0].from[1]: is every namespace of the cluster, or every one with some label; name them",
    ],
  },
  {
    rule: "MCP015",
    what: "every pod of the tier",
    object: backend,
    changes: to({ podSelector: {} }),
    says: ["spec.egress[0].to[0]: is every pod of tier internal; name the pods"],
  },
  {
    rule: "MCP015",
    what: "every address of both families",
    object: backend,
    changes: to(range("0.0.0.0/0", ["10.0.0.0/8"]), range("::/0")),
    says: [
      'spec.egress[0].to[0]: "0.0.0.0/0" does not leave out 0.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 168.63.129.16/32, 169.254.0.0/16, 172.16.0.0/12, 192.0.0.0/24, 192.0.2.0/24, 192.168.0.0/16, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, 224.0.0.0/4, 240.0.0.0/4; write egress: internet in the entry',
      'spec.egress[0].to[1]: "::/0" is more than the public internet; write egress: internet in the entry',
    ],
  },
  {
    rule: "MCP015",
    what: "the public half of IPv6 with what is not public",
    object: backend,
    changes: to(range("2000::/3")),
    says: [
      'spec.egress[0].to[0]: "2000::/3" does not leave out 2001::/23, 2001:db8::/32, 2002::/16, 3fff::/20; write egress: internet in the entry',
    ],
  },
  {
    rule: "MCP015",
    what: "the node and its metadata service",
    object: backend,
    changes: to(range("169.254.169.254/32"), range("128.0.0.0/1")),
    says: [
      'spec.egress[0].to[0]: "169.254.169.254/32" reaches 169.254.0.0/16, where the node or its metadata service answers; write a narrower range',
      'spec.egress[0].to[1]: "128.0.0.0/1" reaches 169.254.0.0/16, where the node or its metadata service answers; write a narrower range',
    ],
  },
  {
    rule: "MCP015",
    what: "what is no range",
    object: backend,
    changes: to(range("everywhere")),
    says: ['spec.egress[0].to[0]: "everywhere" is no range; write address/prefix'],
  },
  {
    rule: "MCP015",
    what: "the internet in a tier that forbids it",
    object: backend,
    changes: to(block(ipv4)),
    tiers: closed,
    says: [
      'spec.egress[0].to[0]: "0.0.0.0/0" is the whole internet, which tier internal does not allow; list the destinations',
    ],
  },
  {
    rule: "MCP015",
    what: "the internet coming in",
    object: backend,
    changes: from(block(ipv4)),
    says: ['spec.ingress[0].from[0]: "0.0.0.0/0" lets every address in; name namespaces and pods'],
  },
  {
    rule: "MCP015",
    what: "the internet as egress: internet has it",
    object: backend,
    changes: to(...internet.map(block)),
    says: [],
  },
  {
    rule: "MCP015",
    what: "a proxy that reaches its issuer, whatever the tier allows entries",
    object: right("proxy-policy"),
    changes: to(block(ipv4), block(ipv6)),
    tiers: closed,
    says: [],
  },
  {
    rule: "MCP015",
    what: "NodeLocal DNSCache",
    object: right("backends"),
    changes: {
      "spec.egress": [{ to: [range("169.254.20.10/32")], ports: [{ protocol: "UDP", port: 53 }] }],
    },
    says: [],
  },
  {
    rule: "MCP015",
    what: "a policy of no tier",
    object: backend,
    changes: { "metadata.namespace": "default", "spec.podSelector": {}, "spec.egress": [{}] },
    says: [],
  },
  ...["default-deny", "proxies", "backends", "remotes", "proxy-policy", "backend-policy"].map(
    (role) => ({
      rule: "MCP015",
      what: `the ${role} that mcp-fleet makes`,
      object: right(role),
      tiers: closed,
      says: [],
    }),
  ),
]);

const cilium: Plain = {
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name: "osv", namespace: "mcp-internal" },
  spec: {
    endpointSelector: { matchLabels: { "toolhive-basename": "osv" } },
    egress: [
      { toFQDNs: [{ matchName: "api.osv.dev" }, { matchPattern: "**.example.com" }] },
      { toEntities: ["kube-apiserver"] },
      { toCIDR: ["10.20.0.0/16"] },
      { toEndpoints: [{ matchLabels: { app: "db" } }] },
    ],
  },
};

table("rules over CiliumNetworkPolicies", [
  { rule: "MCP015", what: "named peers", object: cilium, tiers: closed, says: [] },
  {
    rule: "MCP015",
    what: "rules for every pod, also in a list of specs",
    object: changed(cilium, { "spec.endpointSelector": {} }),
    changes: { specs: [{ egress: [{ toEntities: ["none"] }] }] },
    says: [`spec.endpointSelector: ${every}`, `specs[0].endpointSelector: ${every}`],
  },
  {
    rule: "MCP015",
    what: "the world, every name and every pod",
    object: cilium,
    changes: {
      "spec.ingress": [{ fromEntities: ["all"] }],
      "spec.egress": [
        { toEntities: ["world"] },
        { toFQDNs: [{ matchPattern: "*" }] },
        { toEndpoints: [{}] },
        { toCIDR: ["0.0.0.0/0"] },
        { toCIDRSet: [{ cidr: "169.254.0.0/16", except: [] }] },
        { toPorts: [{ ports: [{ port: "443" }] }] },
      ],
    },
    tiers: closed,
    says: [
      'spec.ingress[0].fromEntities[0]: "all" is more than one peer; name pods, hosts or ranges',
      'spec.egress[0].toEntities[0]: "world" is more than one peer; name pods, hosts or ranges',
      'spec.egress[1].toFQDNs[0]: "*" has a * that is not its first label; write *.example.com',
      "spec.egress[2].toEndpoints[0]: is every pod of tier internal, or of the cluster; name the pods",
      'spec.egress[3].toCIDR[0]: "0.0.0.0/0" is the whole internet, which tier internal does not allow; list the destinations',
      'spec.egress[4].toCIDRSet[0]: "169.254.0.0/16" reaches 169.254.0.0/16, where the node or its metadata service answers; write a narrower range',
      "spec.egress[5]: names no peer, which is everywhere; name the peers",
    ],
  },
]);
