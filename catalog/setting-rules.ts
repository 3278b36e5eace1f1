import type { Path } from "./document";
import { overlap, parseCidr } from "./cidr";
import type { Egress } from "./egress";
import { knowsHosts } from "./egress-rules";
import { show } from "./problem";
import { parseQuantity } from "./quantity";
import { tiersOf } from "./settings";
import type { Settings } from "./settings";
import type { Tier } from "./tier";

/** A complaint about settings. */
export interface SettingFinding {
  /** Path of the setting. */
  readonly path: Path;
  /** What is wrong and what to write instead. */
  readonly message: string;
}

/** Rules over several settings. */
export function settingFindings(settings: Settings): readonly SettingFinding[] {
  return [
    ...namespaceClashes(settings),
    ...tiersOf(settings).flatMap(tierFindings),
    ...serviceHosts(settings),
    ...nodeLocalDns(settings),
  ];
}

/** Namespaces that another setting already has: tiers never share one, with each other or the operator. */
function namespaceClashes(settings: Settings): readonly SettingFinding[] {
  const taken = new Map([[settings.platform.namespace, "platform.namespace"]]);
  return tiersOf(settings).flatMap(({ sensitivity, namespace }) => {
    const path = ["tiers", sensitivity, "namespace"];
    const other = taken.get(namespace);
    if (other === undefined) taken.set(namespace, path.join("."));
    return other === undefined
      ? []
      : [
          {
            path,
            message: `${show(namespace)} is the namespace of ${other} too; write another name`,
          },
        ];
  });
}

function tierFindings({
  sensitivity,
  openEgress,
  egress,
  containers,
}: Tier): readonly SettingFinding[] {
  const tier = ["tiers", sensitivity];
  const open =
    egress === "internet" && !openEgress
      ? [
          {
            path: [...tier, "egress"],
            message: `"internet" cannot be the default where openEgress is false; write none, or openEgress: true`,
          },
        ]
      : [];
  const above = (inner: "requests" | "limits", outer: "limits" | "max") =>
    (["cpu", "memory"] as const).flatMap((unit) =>
      (parseQuantity(containers[inner][unit]) ?? 0n) >
      (parseQuantity(containers[outer][unit]) ?? 0n)
        ? [
            {
              path: [...tier, "containers", inner, unit],
              message: `${show(containers[inner][unit])} is more than containers.${outer}.${unit}, ${show(containers[outer][unit])}; lower it or raise the other`,
            },
          ]
        : [],
    );
  return [...open, ...above("limits", "max"), ...above("requests", "limits")];
}

function serviceHosts(settings: Settings): readonly SettingFinding[] {
  if (knowsHosts(settings)) return [];
  const hosts = (name: "oidc" | "redis", egress: Egress): readonly SettingFinding[] =>
    typeof egress === "string"
      ? []
      : egress.flatMap((destination, i) =>
          "host" in destination
            ? [
                {
                  path: [name, "egress", i, "host"],
                  message: `${show(destination.host)} cannot be had here: network engine ${settings.network.engine} knows no host names; write cidr, namespace or internet`,
                },
              ]
            : [],
        );
  const { oidc, redis } = settings;
  return [...hosts("oidc", oidc?.egress ?? "none"), ...hosts("redis", redis?.egress ?? "none")];
}

const linkLocal = parseCidr("169.254.0.0/16");

/** Cilium takes a node's own addresses for the node, which no range matches. */
function nodeLocalDns({ network }: Settings): readonly SettingFinding[] {
  if (network.engine !== "cilium") return [];
  return network.dns.addresses.flatMap((text, i) => {
    const range = parseCidr(text);
    return range && linkLocal && overlap(range, linkLocal)
      ? [
          {
            path: ["network", "dns", "addresses", i],
            message: `${show(text)} cannot be had with engine cilium, for which it is the node and no address; let a CiliumLocalRedirectPolicy send queries to NodeLocal DNSCache, and name its pods by network.dns.pods`,
          },
        ]
      : [];
  });
}
