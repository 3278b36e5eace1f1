import type { NetworkPolicyPeer } from "kubernetes-types/networking/v1";
import { egressOf } from "../../catalog";
import type { Destination, Egress, Entry, Tier } from "../../catalog";
import { proxyPort } from "../address";
import type { EntryEnvironment } from "../entry-input";
import { podPeer } from "./peers";
import { backendOf, proxyOf } from "./selectors";

/** What one kind of pod of an entry may do besides what its whole tier may. */
export interface Intent {
  /** Which pod it is. */
  readonly part: "proxy" | "backend";
  /** Labels by which it is found. */
  readonly pods: Record<string, string>;
  /** Who may connect to it, and to which TCP port. */
  readonly ingress: readonly { readonly from: NetworkPolicyPeer[]; readonly port: number }[];
  /** The backend's port that it may connect to, for a proxy that has one. */
  readonly backend?: { readonly pods: Record<string, string>; readonly port: number };
  /** Whether it may reach the public internet. */
  readonly internet: boolean;
  /** What else it may reach. */
  readonly destinations: readonly Destination[];
}

/** What an entry's pods may do: its proxy and, where it has one, its backend. */
export function intents(
  entry: Entry,
  tier: Tier,
  environment: EntryEnvironment,
): readonly Intent[] {
  const { oidc, redis } = environment;
  const needs = [
    ...(entry.auth && oidc ? [oidc.egress] : []),
    ...(entry.sessionStorage === "redis" && redis ? [redis.egress] : []),
  ];
  const callers =
    entry.clients.length === 0 ? [] : [{ from: entry.clients.map(podPeer), port: proxyPort }];
  const proxy = { part: "proxy", pods: proxyOf(entry), ingress: callers } as const;
  const reached = egressOf(entry, tier);
  if (entry.kind === "Remote") return [{ ...proxy, ...merged([...needs, reached]) }];
  const { port } = entry;
  const pods = backendOf(entry);
  return [
    { ...proxy, ...(port !== undefined && { backend: { pods, port } }), ...merged(needs) },
    {
      part: "backend",
      pods,
      ingress:
        port === undefined
          ? []
          : [{ from: [{ podSelector: { matchLabels: proxyOf(entry) } }], port }],
      ...merged([reached]),
    },
  ];
}

function merged(all: readonly Egress[]): Pick<Intent, "internet" | "destinations"> {
  return {
    internet: all.includes("internet"),
    destinations: all.flatMap((egress) => (typeof egress === "string" ? [] : egress)),
  };
}
