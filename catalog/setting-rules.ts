import { admissionRules } from "./admission-rules";
import type { Path } from "./document";
import { contains, overlap, parseCidr } from "./cidr";
import type { Egress } from "./egress";
import { knowsHosts } from "./egress-rules";
import { show } from "./problem";
import { parseQuantity } from "./quantity";
import { internet } from "./ranges";
import { tiersOf } from "./settings";
import { signatureEngines } from "./signature-engines";
import { signatureRules } from "./signature-rules";
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
    ...clusterNamespaces(settings),
    ...wholeRanges(settings),
    ...tiersOf(settings).flatMap(tierFindings),
    ...serviceHosts(settings),
    ...nodeLocalDns(settings),
    ...sliceCount(settings),
    ...signatureRules(settings),
    ...admissionRules(settings),
  ];
}

/** A hash needs a number of slices; the other cuts have as many as there are tiers or owners. */
function sliceCount({ slices }: Settings): readonly SettingFinding[] {
  if (!slices || (slices.by === "hash") === (slices.count !== undefined)) return [];
  const path = ["slices", "count"];
  return slices.by === "hash"
    ? [{ path, message: "is missing with by: hash; write how many slices there are" }]
    : [{ path, message: `goes with by: hash, not with by: ${slices.by}; remove it` }];
}

/** Namespaces that another setting already has: tiers never share one, with each other or the operator. */
function namespaceClashes(settings: Settings): readonly SettingFinding[] {
  const { platform, signatures } = settings;
  const taken = new Map([[platform.namespace, "platform.namespace"]]);
  if (signatures?.install)
    taken.set(signatureEngines[signatures.engine].namespace, "signatures.engine");
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

// Kubernetes' own, whose pods our rules would cut off.
const clusterOwn = ["default", "kube-system", "kube-public", "kube-node-lease"];

function clusterNamespaces(settings: Settings): readonly SettingFinding[] {
  const named = [
    { path: ["platform", "namespace"], namespace: settings.platform.namespace },
    ...tiersOf(settings).map(({ sensitivity, namespace }) => ({
      path: ["tiers", sensitivity, "namespace"],
      namespace,
    })),
  ];
  return named.flatMap(({ path, namespace }) =>
    clusterOwn.includes(namespace)
      ? [{ path, message: `${show(namespace)} is Kubernetes' own; write another name` }]
      : [],
  );
}

/** Ranges that are everything, where a few addresses are meant. */
function wholeRanges({ network }: Settings): readonly SettingFinding[] {
  const { apiServer = [], dns, exclude } = network;
  const everything = [
    ...apiServer.map(({ cidr }, i) => ({ path: ["network", "apiServer", i, "cidr"], text: cidr })),
    ...dns.addresses.map((text, i) => ({ path: ["network", "dns", "addresses", i], text })),
  ].flatMap(({ path, text }) =>
    parseCidr(text)?.prefix === 0
      ? [{ path, message: `${show(text)} is every address; write those that are meant` }]
      : [],
  );
  const nothingLeft = exclude.flatMap((text, i) => {
    const range = parseCidr(text);
    return range && internet.some(({ cidr }) => contains(range, cidr))
      ? [
          {
            path: ["network", "exclude", i],
            message: `${show(text)} leaves nothing of the internet; write narrower ranges, or openEgress: false for the tiers`,
          },
        ]
      : [];
  });
  return [...everything, ...nothingLeft];
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
