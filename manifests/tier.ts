import type { Namespace, ServiceAccount } from "kubernetes-types/core/v1";
import type { NetworkPolicy, NetworkPolicySpec } from "kubernetes-types/networking/v1";
import type { NetworkSettings, Tier } from "../catalog";
import { podSecurityLabels, takeBack, tierLabels } from "./labels";
import type { Manifest, Part } from "./manifest";
import { backends, defaultDeny, proxies } from "./network";
import type { ApiServerAddress } from "./network";

/** What a tier's objects are made from. */
export interface TierInput {
  /** The tier. */
  readonly tier: Tier;
  /** The network of the environment. */
  readonly network: NetworkSettings;
  /** Where the API server answers. */
  readonly apiServer: readonly ApiServerAddress[];
}

/**
 * The objects of a tier: its namespace, the servers' ServiceAccount, the denial of all traffic, and what
 * all proxies and all backends may reach.
 */
export function renderTier({ tier, network, apiServer }: TierInput): readonly Part[] {
  return [
    { role: "namespace", manifest: namespace(tier) },
    { role: "service-account", manifest: serviceAccount(tier) },
    { role: "default-deny", manifest: policy(tier, "default-deny", defaultDeny()) },
    { role: "proxies", manifest: policy(tier, "proxies", proxies(network, apiServer)) },
    { role: "backends", manifest: policy(tier, "backends", backends(network)) },
  ];
}

function namespace({ sensitivity, namespace: name, podSecurity }: Tier): Namespace & Manifest {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: { ...tierLabels(sensitivity), ...podSecurityLabels(podSecurity) },
      annotations: { ...takeBack },
    },
  };
}

function serviceAccount(tier: Tier): ServiceAccount & Manifest {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: metadata(tier, tier.serviceAccount),
    automountServiceAccountToken: false,
  };
}

function policy(tier: Tier, name: string, spec: NetworkPolicySpec): NetworkPolicy & Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadata(tier, name),
    spec,
  };
}

function metadata({ sensitivity, namespace }: Tier, name: string): Manifest["metadata"] {
  return { name, namespace, labels: { ...tierLabels(sensitivity) }, annotations: { ...takeBack } };
}
