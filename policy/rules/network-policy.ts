import type { Tier } from "../../catalog";
import { proxyOf } from "../../manifests";
import { at, fields, isEmpty, items, text } from "../plain-data";
import type { ObjectRule, Violation } from "../rule";
import { tierOf } from "../stack-object";
import { ciliumViolations } from "./cilium-policy";
import { listed } from "./pods";
import type { Located } from "./pods";
import { rangeProblem } from "./ranges";

/** MCP015: network rules are a union, so one that is too wide undoes all others. */
export const networkPolicy: ObjectRule = {
  id: "MCP015",
  title: "No network rule of a tier is wider than an entry's can be",
  severity: "critical",
  enforcement: "mandatory",
  check: (object, { tiers }) => {
    const { group, kind, content } = object;
    const tier = tierOf(object, tiers);
    if (!tier) return [];
    if (group === "cilium.io" && kind === "CiliumNetworkPolicy")
      return ciliumViolations(content, tier);
    if (group !== "networking.k8s.io" || kind !== "NetworkPolicy") return [];
    const spec = at(content, "spec");
    // The issuer and Redis of the environment may be outside, whatever the tier allows its entries.
    const egressOpen = tier.openEgress || selectsProxies(at(spec, "podSelector"));
    const pods = { ...tier, openEgress: egressOpen };
    const ingress = listed(spec, ["spec", "ingress"], "ingress");
    const egress = listed(spec, ["spec", "egress"], "egress");
    return [
      ...(ingress.length + egress.length > 0 && selectsAll(at(spec, "podSelector"))
        ? [
            {
              path: ["spec", "podSelector"],
              message: `selects every pod of tier ${tier.sensitivity}, and all of them get these rules; name the pods`,
            },
          ]
        : []),
      ...ingress.flatMap((rule) => ruleViolations(rule, "from", pods)),
      ...egress.flatMap((rule) => ruleViolations(rule, "to", pods)),
    ];
  },
};

function ruleViolations(rule: Located, side: "from" | "to", tier: Tier): readonly Violation[] {
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
      : blockProblem(peer.value, rule.value, side, tier);
    return problem === undefined ? [] : [{ path: peer.path, message: problem }];
  });
}

function podProblem(peer: unknown, tier: Tier): string | undefined {
  const namespaces = at(peer, "namespaceSelector");
  if (namespaces === undefined || namespaces === null)
    return selectsAll(at(peer, "podSelector"))
      ? `is every pod of tier ${tier.sensitivity}; name the pods`
      : undefined;
  return selectsAll(namespaces) ? "is every namespace of the cluster; name them" : undefined;
}

function blockProblem(
  peer: unknown,
  rule: unknown,
  side: "from" | "to",
  tier: Tier,
): string | undefined {
  const cidr = text(at(peer, "ipBlock", "cidr")) ?? "";
  const except = items(at(peer, "ipBlock", "except")).flatMap((one) => text(one) ?? []);
  return rangeProblem(
    { cidr, except, direction: side === "from" ? "ingress" : "egress", dns: isDns(rule) },
    tier,
  );
}

function isDns(rule: unknown): boolean {
  const ports = items(at(rule, "ports"));
  return ports.length > 0 && ports.every((port) => at(port, "port") === 53);
}

const proxyApps = (["Server", "Remote"] as const).map((kind) => proxyOf({ kind, name: "" }).app);

function selectsProxies(selector: unknown): boolean {
  return proxyApps.includes(text(at(selector, "matchLabels", "app")));
}

/** Whether a selector of labels selects everything, or everything but some. */
function selectsAll(selector: unknown): boolean {
  const expressions = items(at(selector, "matchExpressions"));
  return (
    fields(at(selector, "matchLabels")).length === 0 &&
    expressions.every((one) => ["NotIn", "DoesNotExist"].includes(String(at(one, "operator"))))
  );
}
