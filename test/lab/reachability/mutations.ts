/**
 * Faults that rules might have. Each opens or closes something that the catalogue does not mean, so the
 * comparison with it must see each.
 */
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyPeer,
  NetworkPolicySpec,
} from "kubernetes-types/networking/v1";
import { excluded } from "./rendered";

/** A fault of one policy. */
export interface Mutation {
  /** What is wrong then. */
  readonly what: string;
  /** The policy, as namespace and name. */
  readonly policy: string;
  /** Makes the fault; says `gone` where the whole policy is left out. */
  readonly change: (spec: NetworkPolicySpec) => "gone" | undefined;
}

const edit = (
  what: string,
  policy: string,
  change: (spec: NetworkPolicySpec) => void,
): Mutation => ({
  what,
  policy,
  change: (spec) => {
    change(spec);
    return undefined;
  },
});

const gone = (what: string, policy: string): Mutation => ({ what, policy, change: () => "gone" });

/** The faults. */
export const mutations: readonly Mutation[] = [
  edit("the internet has no exceptions", "mcp-public/fetch-backend", (spec) => {
    block(spec, "0.0.0.0/0").except = [];
  }),
  edit("the internet has not the environment's exception", "mcp-public/fetch-backend", (spec) => {
    const own = block(spec, "0.0.0.0/0");
    own.except = own.except?.filter((range) => range !== excluded);
  }),
  edit("the internet is all of IPv6", "mcp-public/fetch-backend", (spec) => {
    block(spec, "2000::/3").cidr = "::/0";
  }),
  edit("the internet has no exceptions in IPv6", "mcp-public/fetch-backend", (spec) => {
    block(spec, "2000::/3").except = [];
  }),
  edit("the internet has no exceptions behind NAT64", "mcp-public/fetch-backend", (spec) => {
    block(spec, "64:ff9b::/96").except = [];
  }),
  edit("the internet is IPv4 alone", "mcp-public/fetch-backend", (spec) => {
    for (const rule of spec.egress ?? []) rule.to = rule.to?.slice(0, 1);
  }),
  edit("a host is open at every port", "mcp-internal/vendor-proxy", (spec) => {
    delete ruleTo(spec, ({ ipBlock }) => ipBlock !== undefined).ports;
  }),
  edit("a range is one bit wider", "mcp-confidential/ledger-backend", (spec) => {
    block(spec, "172.29.4.4/32").cidr = "172.29.4.4/31";
  }),
  edit("a range is one bit narrower", "mcp-restricted/vendor-range-proxy", (spec) => {
    block(spec, "203.0.113.0/25").cidr = "203.0.113.0/26";
  }),
  edit("UDP became TCP", "mcp-confidential/ledger-backend", (spec) => {
    for (const port of ruleTo(spec, ({ ipBlock }) => ipBlock?.cidr === "10.53.0.0/30").ports ?? [])
      port.protocol = "TCP";
  }),
  edit("a destination is its whole namespace", "mcp-internal/vendor-proxy", (spec) => {
    for (const peer of ruleTo(spec, isIn("identity")).to ?? []) delete peer.podSelector;
  }),
  edit("a destination is in any namespace", "mcp-internal/auditor-backend", (spec) => {
    for (const peer of ruleTo(spec, isIn("mcp-restricted")).to ?? []) peer.namespaceSelector = {};
  }),
  edit("the API server's address is open at every port", "mcp-internal/auditor-backend", (spec) => {
    delete ruleTo(spec, ({ ipBlock }) => ipBlock !== undefined).ports;
  }),
  edit("a client is its whole namespace", "mcp-internal/vendor-proxy", (spec) => {
    for (const peer of callers(spec)) delete peer.podSelector;
  }),
  edit("a client is in any namespace", "mcp-internal/vendor-proxy", (spec) => {
    for (const peer of callers(spec)) peer.namespaceSelector = {};
  }),
  edit("there is one client more", "mcp-internal/vendor-proxy", (spec) => {
    callers(spec).push({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "elsewhere" } },
    });
  }),
  edit("a client may use every port", "mcp-internal/vendor-proxy", (spec) => {
    for (const rule of spec.ingress ?? []) delete rule.ports;
  }),
  edit("a backend takes everybody", "mcp-internal/auditor-backend", (spec) => {
    for (const rule of spec.ingress ?? []) delete rule.from;
  }),
  edit("a backend's rules are for every backend", "mcp-confidential/ledger-backend", (spec) => {
    spec.podSelector = {
      matchExpressions: [{ key: "toolhive-basename", operator: "Exists" }],
    };
  }),
  edit("a proxy's rules are for its backend too", "mcp-confidential/ledger-proxy", (spec) => {
    spec.podSelector = { matchLabels: { "toolhive-name": "ledger" } };
  }),
  edit("a proxy looks for its backend at another port", "mcp-confidential/ledger-proxy", (spec) => {
    for (const port of ruleTo(spec, ({ namespaceSelector: to }) => to === undefined).ports ?? [])
      port.port = 8080;
  }),
  edit("the API server is for backends too", "mcp-restricted/proxies", (spec) => {
    spec.podSelector = { matchLabels: { toolhive: "true" } };
  }),
  edit("DNS is its whole namespace", "mcp-restricted/backends", (spec) => {
    for (const peer of ruleTo(spec, isIn("kube-system")).to ?? []) delete peer.podSelector;
  }),
  edit("DNS is UDP alone", "mcp-restricted/remotes", (spec) => {
    for (const rule of spec.egress ?? []) rule.ports = rule.ports?.slice(0, 1);
  }),
  edit("only what comes in is denied", "mcp-restricted/default-deny", (spec) => {
    spec.policyTypes = ["Ingress"];
  }),
  edit("only what goes out is denied", "mcp-restricted/default-deny", (spec) => {
    spec.policyTypes = ["Egress"];
  }),
  gone("nothing is denied", "mcp-restricted/default-deny"),
  gone("a proxy has no rules", "mcp-confidential/ledger-proxy"),
];

/**
 * Policies with one fault.
 * @throws {Error} when the policy is not there, or the fault changes nothing in it.
 */
export function mutated(
  policies: readonly NetworkPolicy[],
  { what, policy, change }: Mutation,
): readonly NetworkPolicy[] {
  const found = policies.find(
    ({ metadata }) => `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}` === policy,
  );
  if (!found?.spec) throw new Error(`${policy} is not rendered`);
  const copy = { ...found, spec: structuredClone(found.spec) };
  const without = change(copy.spec) === "gone";
  if (!without && JSON.stringify(copy) === JSON.stringify(found))
    throw new Error(`${what}: ${policy} is as it was`);
  return policies.flatMap((one) => (one === found ? (without ? [] : [copy]) : [one]));
}

function ruleTo(
  spec: NetworkPolicySpec,
  is: (peer: NetworkPolicyPeer) => boolean,
): NetworkPolicyEgressRule {
  const rule = spec.egress?.find(({ to }) => to?.some(is));
  if (!rule) throw new Error("there is no such rule");
  return rule;
}

function block(spec: NetworkPolicySpec, cidr: string): NonNullable<NetworkPolicyPeer["ipBlock"]> {
  const blocks = (spec.egress ?? []).flatMap(({ to = [] }) =>
    to.flatMap((one) => one.ipBlock ?? []),
  );
  const found = blocks.find((one) => one.cidr === cidr);
  if (!found) throw new Error(`there is no block ${cidr}`);
  return found;
}

function isIn(namespace: string) {
  return ({ namespaceSelector }: NetworkPolicyPeer): boolean =>
    namespaceSelector?.matchLabels?.["kubernetes.io/metadata.name"] === namespace;
}

function callers(spec: NetworkPolicySpec): NetworkPolicyPeer[] {
  const from = spec.ingress?.[0]?.from;
  if (!from) throw new Error("nobody is named");
  return from;
}
