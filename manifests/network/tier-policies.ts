import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicySpec,
} from "kubernetes-types/networking/v1";
import type { NetworkSettings } from "../../catalog";
import type { Manifest, Part } from "../manifest";
import type { ApiServerAddress } from "./api-server";
import { ciliumApiServer, ciliumDns } from "./cilium";
import { apiServerRule } from "./entry-policies";
import { podPeer } from "./peers";
import { anyProxy, anyRemote, backendKey } from "./selectors";

/** Pods of a tier, and whether they need the API server. */
interface Group {
  readonly role: string;
  readonly pods: object;
  readonly apiServer: boolean;
}

const groups: readonly Group[] = [
  // A proxy makes its backend at the API server and, for stdio, speaks to it through that.
  { role: "proxies", pods: { matchLabels: { ...anyProxy } }, apiServer: true },
  {
    role: "backends",
    pods: { matchExpressions: [{ key: backendKey, operator: "Exists" }] },
    apiServer: false,
  },
  { role: "remotes", pods: { matchLabels: { ...anyRemote } }, apiServer: false },
];

/**
 * The network rules of a whole tier: all is denied, and each kind of pod reaches what all of its kind
 * need: DNS, and the API server for proxies.
 * @param metadata Metadata of an object of the tier by its name.
 */
export function tierNetwork(
  network: NetworkSettings,
  apiServer: readonly ApiServerAddress[],
  metadata: (name: string) => Manifest["metadata"],
): readonly Part[] {
  const plain = (name: string, spec: NetworkPolicySpec): NetworkPolicy & Manifest => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadata(name),
    spec,
  });
  const deny = plain("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  return [
    { role: "default-deny", manifest: deny },
    ...groups.map(({ role, pods, apiServer: needed }) => ({
      role,
      manifest:
        network.engine === "cilium"
          ? {
              apiVersion: "cilium.io/v2",
              kind: "CiliumNetworkPolicy",
              metadata: metadata(role),
              spec: {
                endpointSelector: pods,
                egress: [...ciliumDns(network), ...(needed ? [ciliumApiServer(apiServer)] : [])],
              },
            }
          : plain(role, {
              podSelector: pods,
              policyTypes: ["Egress"],
              egress: [dnsRule(network), ...(needed ? apiServer.map(apiServerRule) : [])],
            }),
    })),
  ];
}

function dnsRule({ dns }: NetworkSettings): NetworkPolicyEgressRule {
  return {
    to: [podPeer(dns), ...dns.addresses.map((cidr) => ({ ipBlock: { cidr } }))],
    ports: [
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ],
  };
}
