import type { NetworkPolicyPeer } from "kubernetes-types/networking/v1";
import { contains, internet, parseCidr } from "../../catalog";
import type { NetworkSettings } from "../../catalog";

/** Pods inside the cluster, by namespace and labels. */
export interface PodPeer {
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Their labels; all pods of the namespace when absent. */
  readonly pods?: Readonly<Record<string, string>>;
}

/** A peer that is pods of another namespace, or of this one by its name. */
export function podPeer({ namespace, pods }: PodPeer): NetworkPolicyPeer {
  return {
    // Set on every namespace by the API server (KEP-2161).
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    ...(pods && { podSelector: { matchLabels: { ...pods } } }),
  };
}

/** The public internet without what an environment leaves out of it. */
export function internetPeers({ exclude }: NetworkSettings): NetworkPolicyPeer[] {
  const own = exclude.flatMap((text) => parseCidr(text) ?? []);
  return internet.map(({ cidr, except }) => {
    const inside = [...except, ...own.filter((range) => contains(cidr, range))];
    return { ipBlock: { cidr: cidr.text, except: inside.map(({ text }) => text) } };
  });
}
