import type { NetworkPolicy, NetworkPolicyEgressRule } from "kubernetes-types/networking/v1";
import { knowsHosts } from "../../catalog";
import type { Destination, NetworkSettings } from "../../catalog";
import type { EntryInput } from "../entry-input";
import type { Manifest, Part } from "../manifest";
import { entryMetadata } from "../metadata";
import type { ApiServerAddress } from "./api-server";
import { ciliumPolicy } from "./cilium";
import { clusterPolicies } from "./cluster-policy";
import { intents } from "./intents";
import type { Intent } from "./intents";
import { internetPeers, podPeer } from "./peers";

/**
 * The network rules of an entry: plain NetworkPolicies, and objects of the engine for what those cannot
 * say. What an engine's object says is in no plain rule: both are unions of what is allowed.
 */
export function entryNetwork(input: EntryInput): readonly Part[] {
  const { entry, tier, environment } = input;
  const all = intents(entry, tier, environment);
  return [
    ...all.flatMap((intent) => plainPolicy(intent, input)),
    ...(environment.network.engine === "cilium" ? ciliumPolicy(all, input) : []),
    ...(environment.network.engine === "cluster-network-policy" ? clusterPolicies(all, input) : []),
  ];
}

function plainPolicy(intent: Intent, input: EntryInput): readonly Part[] {
  const { entry, tier, environment, apiServer } = input;
  const { part, pods } = intent;
  const ingress = intent.ingress.map(({ from, port }) => ({
    from,
    ports: [{ protocol: "TCP", port }],
  }));
  const egress = egressRules(intent, environment.network, apiServer);
  if (ingress.length === 0 && egress.length === 0) return [];
  const manifest: NetworkPolicy & Manifest = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: entryMetadata(entry, tier, `${entry.name}-${part}`),
    spec: {
      podSelector: { matchLabels: pods },
      // A direction without rules stays with the denial of the whole namespace.
      policyTypes: [
        ...(ingress.length > 0 ? ["Ingress" as const] : []),
        ...(egress.length > 0 ? ["Egress" as const] : []),
      ],
      ...(ingress.length > 0 && { ingress }),
      ...(egress.length > 0 && { egress }),
    },
  };
  return [{ role: `${part}-policy`, manifest }];
}

function egressRules(
  { backend, internet, destinations }: Intent,
  network: NetworkSettings,
  apiServer: readonly ApiServerAddress[],
): NetworkPolicyEgressRule[] {
  return [
    ...(backend
      ? [
          {
            to: [{ podSelector: { matchLabels: backend.pods } }],
            ports: [{ protocol: "TCP", port: backend.port }],
          },
        ]
      : []),
    ...(internet ? [{ to: internetPeers(network) }] : []),
    ...destinations.flatMap((destination) => plainRules(destination, network, apiServer)),
  ];
}

function plainRules(
  destination: Destination,
  network: NetworkSettings,
  apiServer: readonly ApiServerAddress[],
): NetworkPolicyEgressRule[] {
  if ("apiServer" in destination)
    // For Cilium the API server is no range of addresses.
    return network.engine === "cilium" ? [] : apiServer.map(apiServerRule);
  const ports = [{ protocol: destination.protocol, port: destination.port }];
  if ("cidr" in destination) return [{ to: [{ ipBlock: { cidr: destination.cidr } }], ports }];
  if ("namespace" in destination) return [{ to: [podPeer(destination)], ports }];
  // Plain NetworkPolicy knows no names. The catalogue has refused the host where the tier forbids open
  // egress, and said elsewhere that it is opened as this.
  return knowsHosts({ network }) ? [] : [{ to: internetPeers(network), ports }];
}

/** A rule that opens one address of the API server. */
export function apiServerRule({ cidr, port }: ApiServerAddress): NetworkPolicyEgressRule {
  return { to: [{ ipBlock: { cidr } }], ports: [{ protocol: "TCP", port }] };
}
