import type { Namespace, ServiceAccount } from "kubernetes-types/core/v1";
import type { NetworkPolicy } from "kubernetes-types/networking/v1";
import type { Tier } from "../catalog";
import { podSecurityLabels, takeBack, tierLabels } from "./labels";
import type { Part } from "./manifest";

/** The objects of a tier: its namespace, the servers' ServiceAccount and the denial of all traffic. */
export function renderTier(tier: Tier): readonly Part[] {
  return [
    { role: "namespace", manifest: namespace(tier) },
    { role: "service-account", manifest: serviceAccount(tier) },
    { role: "default-deny", manifest: defaultDeny(tier) },
  ];
}

type Named<T> = T & { metadata: { name: string }; apiVersion: string; kind: string };

function namespace({ sensitivity, namespace: name, podSecurity }: Tier): Named<Namespace> {
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

function serviceAccount(tier: Tier): Named<ServiceAccount> {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: metadata(tier, tier.serviceAccount),
    automountServiceAccountToken: false,
  };
}

function defaultDeny(tier: Tier): Named<NetworkPolicy> {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadata(tier, "default-deny"),
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
}

function metadata({ sensitivity, namespace }: Tier, name: string) {
  return { name, namespace, labels: { ...tierLabels(sensitivity) }, annotations: { ...takeBack } };
}
