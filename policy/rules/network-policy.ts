import type { Tier } from "../../catalog";
import { at, isEmpty, items, text } from "../plain-data";
import type { ObjectRule, Violation } from "../rule";
import { tierOf } from "../stack-object";
import { ciliumViolations } from "./cilium-policy";
import { closedTo, everyPod } from "./group";
import { listed } from "./pods";
import type { Located } from "./pods";
import { rangeProblem } from "./ranges";
import { demanded, selectsAll } from "./selectors";

/** MCP015: network rules are a union, so one that is too wide undoes all others. */
export const networkPolicy: ObjectRule = {
  id: "MCP015",
  title: "No network rule of a tier is wider than an entry's can be",
  severity: "critical",
  enforcement: "mandatory",
  check: (object, { tiers }) => {
    const { group, kind, content } = object;
    const tier = tierOf(object, tiers);
    if (!tier || !kind.endsWith("NetworkPolicy")) return [];
    if (group === "cilium.io") return ciliumViolations(content, tier);
    if (group === "networking.k8s.io") return plainViolations(content, tier);
    return [
      {
        path: ["kind"],
        message: `is a ${kind} of ${group}, which no rule here can read; write it as one of networking.k8s.io or cilium.io`,
      },
    ];
  },
};

function plainViolations(content: unknown, tier: Tier): readonly Violation[] {
  const spec = at(content, "spec");
  const selector = at(spec, "podSelector");
  const ingress = listed(spec, ["spec", "ingress"], "ingress");
  const egress = listed(spec, ["spec", "egress"], "egress");
  const closed = closedTo(selector, tier);
  return [
    ...(ingress.length + egress.length > 0
      ? everyPod(selector, ["spec", "podSelector"], tier)
      : []),
    ...ingress.flatMap((rule) => ruleViolations(rule, "from", tier, closed)),
    ...egress.flatMap((rule) => ruleViolations(rule, "to", tier, closed)),
  ];
}

function ruleViolations(
  rule: Located,
  side: "from" | "to",
  tier: Tier,
  closed: string | undefined,
): readonly Violation[] {
  const peers = listed(rule.value, [...rule.path, side], side);
  if (peers.length === 0)
    return [
      {
        path: [...rule.path, side],
        message: `is empty, which is ${side === "from" ? "everybody" : "everywhere"}; name the peers`,
      },
    ];
  return peers.flatMap((peer) => {
    const problem = isEmpty(at(peer.value, "ipBlock"))
      ? podProblem(peer.value, tier)
      : blockProblem(peer.value, rule.value, side, closed);
    return problem === undefined ? [] : [{ path: peer.path, message: problem }];
  });
}

function podProblem(peer: unknown, { sensitivity, namespace }: Tier): string | undefined {
  const namespaces = at(peer, "namespaceSelector");
  const elsewhere = namespaces !== undefined && namespaces !== null;
  if (elsewhere && selectsAll(namespaces))
    return "is every namespace of the cluster, or every one with some label; name them";
  const own = !elsewhere || demanded(namespaces, "kubernetes.io/metadata.name").includes(namespace);
  return own && selectsAll(at(peer, "podSelector"))
    ? `is every pod of tier ${sensitivity}; name the pods`
    : undefined;
}

function blockProblem(
  peer: unknown,
  rule: unknown,
  side: "from" | "to",
  closed: string | undefined,
): string | undefined {
  const cidr = text(at(peer, "ipBlock", "cidr")) ?? "";
  const except = items(at(peer, "ipBlock", "except")).flatMap((one) => text(one) ?? []);
  const direction = side === "from" ? "ingress" : "egress";
  return rangeProblem({ cidr, except, direction, dns: isDns(rule) }, closed);
}

function isDns(rule: unknown): boolean {
  const ports = items(at(rule, "ports"));
  return (
    ports.length > 0 &&
    ports.every((port) => at(port, "port") === 53 && (at(port, "endPort") ?? 53) === 53)
  );
}
