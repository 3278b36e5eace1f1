import type { NetworkSettings } from "../../catalog";
import type { EntryInput } from "../entry-input";
import type { Part } from "../manifest";
import { entryMetadata } from "../metadata";
import type { ApiServerAddress } from "./api-server";
import { hostGroups } from "./hosts";
import type { Intent } from "./intents";

/*
 * CiliumNetworkPolicy (cilium.io/v2, Cilium 1.18 or newer). Names are learnt from DNS answers, which needs
 * a DNS rule on port 53 for the same pods; a range of addresses matches neither pods nor nodes, so the API
 * server is named as the entity that it is. Source: docs.cilium.io, "DNS based", "Entities based".
 */

/** A rule of a CiliumNetworkPolicy, as far as it is used here. */
export interface CiliumRule {
  /** Pods that the rule is about. */
  readonly endpointSelector: object;
  /** What they may reach. */
  readonly egress: readonly object[];
}

/** What pods of a tier ask names of, all queries being seen by Cilium. */
export function ciliumDns({ dns }: NetworkSettings): readonly object[] {
  const toPorts = [
    { ports: [{ port: "53", protocol: "ANY" }], rules: { dns: [{ matchPattern: "*" }] } },
  ];
  const pods = Object.entries(dns.pods).map(([key, value]) => [`k8s:${key}`, value]);
  const labels = {
    "k8s:io.kubernetes.pod.namespace": dns.namespace,
    ...(Object.fromEntries(pods) as Record<string, string>),
  };
  return [
    { toEndpoints: [{ matchLabels: labels }], toPorts },
    ...(dns.addresses.length > 0 ? [{ toCIDR: [...dns.addresses], toPorts }] : []),
  ];
}

/** The API server, at the ports at which it is known to answer. */
export function ciliumApiServer(apiServer: readonly ApiServerAddress[]): object {
  const ports = [...new Set(apiServer.map(({ port }) => port))];
  return {
    toEntities: ["kube-apiserver"],
    ...(ports.length > 0 && {
      toPorts: [{ ports: ports.map((port) => ({ port: String(port), protocol: "TCP" })) }],
    }),
  };
}

/** One policy with a rule for each pod of the entry that reaches hosts or the API server; none otherwise. */
export function ciliumPolicy(all: readonly Intent[], input: EntryInput): readonly Part[] {
  const { entry, tier, apiServer } = input;
  const rules = all.flatMap(({ pods, destinations }): readonly CiliumRule[] => {
    const egress = [
      ...hostGroups(destinations).map(({ protocol, port, hosts }) => ({
        toFQDNs: hosts.map(fqdn),
        toPorts: [{ ports: [{ port: String(port), protocol }] }],
      })),
      ...(destinations.some((one) => "apiServer" in one) ? [ciliumApiServer(apiServer)] : []),
    ];
    return egress.length > 0 ? [{ endpointSelector: { matchLabels: pods }, egress }] : [];
  });
  if (rules.length === 0) return [];
  const manifest = {
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    // The tier's own are called proxies, backends and remotes.
    metadata: entryMetadata(entry, tier, `${entry.name}-hosts`),
    specs: rules,
  };
  return [{ role: "hosts", manifest }];
}

/** A name, or with `**.` all names below one, at any depth (Cilium 1.18, "toFQDNs"). */
function fqdn(host: string): object {
  return host.startsWith("*.") ? { matchPattern: `*${host}` } : { matchName: host };
}
