import type { NetworkPolicyEgressRule, NetworkPolicySpec } from "kubernetes-types/networking/v1";
import type { NetworkSettings } from "../../catalog";
import type { ApiServerAddress } from "./api-server";
import { podPeer } from "./peers";
import { anyProxy, backendKey } from "./selectors";

/** Denies all traffic of all pods, so that only what another policy opens is open. */
export function defaultDeny(): NetworkPolicySpec {
  return { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
}

/**
 * What every proxy needs: DNS, and the API server, at which it makes its backend and, for stdio, through
 * which it speaks to it.
 */
export function proxies(
  network: NetworkSettings,
  apiServer: readonly ApiServerAddress[],
): NetworkPolicySpec {
  return {
    podSelector: { matchLabels: { ...anyProxy } },
    policyTypes: ["Egress"],
    egress: [
      dnsRule(network),
      ...apiServer.map(({ cidr, port }) => ({
        to: [{ ipBlock: { cidr } }],
        ports: [{ protocol: "TCP", port }],
      })),
    ],
  };
}

/** What every backend may reach: DNS. */
export function backends(network: NetworkSettings): NetworkPolicySpec {
  return {
    podSelector: { matchExpressions: [{ key: backendKey, operator: "Exists" }] },
    policyTypes: ["Egress"],
    egress: [dnsRule(network)],
  };
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
