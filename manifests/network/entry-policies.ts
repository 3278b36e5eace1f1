import type {
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicySpec,
} from "kubernetes-types/networking/v1";
import type { Destination, Entry, NetworkSettings } from "../../catalog";
import { proxyPort } from "../address";
import { internetPeers, podPeer } from "./peers";
import { backendOf, proxyOf } from "./selectors";

/**
 * What an entry's proxy may do besides what all proxies may: be called by its clients, and call its own
 * backend. None when it has neither.
 */
export function proxyPolicy(entry: Entry): NetworkPolicySpec | undefined {
  const ingress: NetworkPolicyIngressRule[] =
    entry.clients.length === 0
      ? []
      : [{ from: entry.clients.map(podPeer), ports: [{ protocol: "TCP", port: proxyPort }] }];
  const egress: NetworkPolicyEgressRule[] =
    entry.port === undefined
      ? []
      : [
          {
            to: [{ podSelector: { matchLabels: backendOf(entry.name) } }],
            ports: [{ protocol: "TCP", port: entry.port }],
          },
        ];
  return policy(proxyOf(entry.name), ingress, egress);
}

/**
 * What an entry's backend may do besides DNS: be called by its own proxy, and reach what the entry
 * declares. None for a stdio server that declares nothing.
 */
export function backendPolicy(
  entry: Entry,
  network: NetworkSettings,
): NetworkPolicySpec | undefined {
  const ingress: NetworkPolicyIngressRule[] =
    entry.port === undefined
      ? []
      : [
          {
            from: [{ podSelector: { matchLabels: proxyOf(entry.name) } }],
            ports: [{ protocol: "TCP", port: entry.port }],
          },
        ];
  return policy(backendOf(entry.name), ingress, egressRules(entry, network));
}

function policy(
  podLabels: Record<string, string>,
  ingress: NetworkPolicyIngressRule[],
  egress: NetworkPolicyEgressRule[],
): NetworkPolicySpec | undefined {
  if (ingress.length === 0 && egress.length === 0) return undefined;
  return {
    podSelector: { matchLabels: podLabels },
    // A direction without rules stays with the denial of the whole namespace.
    policyTypes: [
      ...(ingress.length > 0 ? ["Ingress" as const] : []),
      ...(egress.length > 0 ? ["Egress" as const] : []),
    ],
    ...(ingress.length > 0 && { ingress }),
    ...(egress.length > 0 && { egress }),
  };
}

function egressRules({ egress }: Entry, network: NetworkSettings): NetworkPolicyEgressRule[] {
  if (egress === "none") return [];
  if (egress === "internet") return [{ to: internetPeers(network) }];
  return egress.map((destination) => ({
    to: peers(destination, network),
    ports: [{ protocol: destination.protocol, port: destination.port }],
  }));
}

function peers(destination: Destination, network: NetworkSettings) {
  if ("cidr" in destination) return [{ ipBlock: { cidr: destination.cidr } }];
  if ("namespace" in destination) return [podPeer(destination)];
  // Plain NetworkPolicy knows no names. The catalogue has refused the host where the tier forbids open
  // egress, and said elsewhere that it is opened as this.
  return internetPeers(network);
}
