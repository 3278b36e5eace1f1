import { hostProblem, show } from "../../catalog";
import type { Tier } from "../../catalog";
import { at, fields, isEmpty, items, text } from "../plain-data";
import type { Violation } from "../rule";
import { listed } from "./pods";
import type { Located } from "./pods";
import { rangeProblem } from "./ranges";

// What the catalogue names: the API server. All others are groups of pods, nodes or the world.
const entities = ["kube-apiserver", "none"];

/** What of a CiliumNetworkPolicy (cilium.io/v2) is wider than an entry's rules can be. */
export function ciliumViolations(content: unknown, tier: Tier): readonly Violation[] {
  const one = at(content, "spec");
  const specs: readonly Located[] = [
    ...(isEmpty(one) ? [] : [{ path: ["spec"], value: one }]),
    ...listed(content, ["specs"], "specs"),
  ];
  return specs.flatMap(({ path, value }) => {
    const ingress = listed(value, [...path, "ingress"], "ingress");
    const egress = listed(value, [...path, "egress"], "egress");
    const everyPod =
      ingress.length + egress.length > 0 && fields(at(value, "endpointSelector")).length === 0;
    return [
      ...(everyPod
        ? [
            {
              path: [...path, "endpointSelector"],
              message: `selects every pod of tier ${tier.sensitivity}, and all of them get these rules; name the pods`,
            },
          ]
        : []),
      ...ingress.flatMap((rule) => ruleViolations(rule, "from", tier)),
      ...egress.flatMap((rule) => ruleViolations(rule, "to", tier)),
    ];
  });
}

function ruleViolations(rule: Located, side: "from" | "to", tier: Tier): readonly Violation[] {
  // A rule of ports alone is about everybody.
  const peers = fields(rule.value).filter(([key]) => key.startsWith(side) && key !== "toPorts");
  if (peers.length === 0)
    return [
      {
        path: rule.path,
        message: `names no peer, which is ${side === "from" ? "everybody" : "everywhere"}; name the peers`,
      },
    ];
  return peers.flatMap(([key, list]) =>
    items(list).flatMap((peer, i) => {
      const problem = peerProblem(key.slice(side.length), peer, side, tier);
      return problem === undefined ? [] : [{ path: [...rule.path, key, i], message: problem }];
    }),
  );
}

function peerProblem(
  kind: string,
  peer: unknown,
  side: "from" | "to",
  tier: Tier,
): string | undefined {
  const direction = side === "from" ? "ingress" : "egress";
  switch (kind) {
    case "Entities":
      return entities.includes(String(peer))
        ? undefined
        : `${show(peer)} is more than one peer; name pods, hosts or ranges`;
    case "CIDR":
      return rangeProblem({ cidr: String(peer), except: [], direction }, tier);
    case "CIDRSet": {
      const except = items(at(peer, "except")).flatMap((range) => text(range) ?? []);
      return rangeProblem({ cidr: text(at(peer, "cidr")) ?? "", except, direction }, tier);
    }
    case "FQDNs": {
      // Below a name at any depth: the catalogue's *. is Cilium's **.
      const host = text(at(peer, "matchName")) ?? text(at(peer, "matchPattern")) ?? "";
      const problem = hostProblem(host.replace(/^\*\*\./, "*."));
      return problem === undefined ? undefined : `${show(host)} ${problem}`;
    }
    case "Endpoints":
      return isEmpty(peer) ? `is every pod of tier ${tier.sensitivity}; name the pods` : undefined;
    default:
      return undefined;
  }
}
