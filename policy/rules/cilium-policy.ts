import { hostProblem, show } from "../../catalog";
import type { Tier } from "../../catalog";
import { at, fields, isEmpty, items, text } from "../plain-data";
import type { Violation } from "../rule";
import { closedTo, everyPod } from "./group";
import { listed } from "./pods";
import type { Located } from "./pods";
import { rangeProblem } from "./ranges";
import { labelsOf, selectsAll } from "./selectors";

// What the catalogue names: the API server. All others are groups of pods, nodes or the world.
const entities = ["kube-apiserver", "none"];

const onePeer = "is more than one peer; name pods, hosts or ranges";

/** Whom a rule is about, and why those may not reach the internet. */
interface Side {
  readonly side: "from" | "to";
  readonly tier: Tier;
  readonly closed: string | undefined;
}

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
    const selector = at(value, "endpointSelector");
    const closed = closedTo(selector, tier);
    return [
      ...(ingress.length + egress.length > 0
        ? everyPod(selector, [...path, "endpointSelector"], tier)
        : []),
      ...ingress.flatMap((rule) => ruleViolations(rule, { side: "from", tier, closed })),
      ...egress.flatMap((rule) => ruleViolations(rule, { side: "to", tier, closed })),
    ];
  });
}

function ruleViolations(rule: Located, about: Side): readonly Violation[] {
  const { side } = about;
  // A rule of ports alone is about everybody, and so is one whose list of peers is none.
  const peers = fields(rule.value).filter(
    ([key, list]) => key.startsWith(side) && key !== "toPorts" && Array.isArray(list),
  );
  if (peers.length === 0)
    return [
      {
        path: rule.path,
        message: `names no peer, which is ${side === "from" ? "everybody" : "everywhere"}; name the peers`,
      },
    ];
  return peers.flatMap(([key, list]) =>
    items(list).flatMap((peer, i) => {
      const problem = peerProblem(key.slice(side.length), peer, about);
      return problem === undefined ? [] : [{ path: [...rule.path, key, i], message: problem }];
    }),
  );
}

function peerProblem(kind: string, peer: unknown, about: Side): string | undefined {
  const { side, tier, closed } = about;
  const direction = side === "from" ? "ingress" : "egress";
  switch (kind) {
    case "Entities":
      return entities.includes(String(peer)) ? undefined : `${show(peer)} ${onePeer}`;
    case "CIDR":
      return rangeProblem({ cidr: String(peer), except: [], direction }, closed);
    case "CIDRSet": {
      const except = items(at(peer, "except")).flatMap((range) => text(range) ?? []);
      return rangeProblem({ cidr: text(at(peer, "cidr")) ?? "", except, direction }, closed);
    }
    case "FQDNs": {
      // Below a name at any depth: the catalogue's *. is Cilium's **.
      const host = text(at(peer, "matchName")) ?? text(at(peer, "matchPattern")) ?? "";
      const problem = hostProblem(host.replace(/^\*\*\./, "*."));
      return problem === undefined ? undefined : `${show(host)} ${problem}`;
    }
    case "Endpoints": {
      // Cilium's labels of what is no pod: the node, the world.
      const reserved = labelsOf(peer).find((key) => key.startsWith("reserved"));
      if (reserved !== undefined) return `${show(reserved)} ${onePeer}`;
      return selectsAll(peer)
        ? `is every pod of tier ${tier.sensitivity}, or of the cluster; name the pods`
        : undefined;
    }
    default:
      return "is no pod, host or range; name one";
  }
}
