import { tierLabels } from "../labels";
import type { EntryInput } from "../entry-input";
import type { Part } from "../manifest";
import { entryMetadata } from "../metadata";
import { hostGroups } from "./hosts";
import type { HostGroup } from "./hosts";
import type { Intent } from "./intents";

// policy.networking.k8s.io/v1alpha2: at most 25 domainNames in a peer, and 25 rules in a policy.
const maxNames = 25;
const maxRules = 25;

/**
 * ClusterNetworkPolicies (policy.networking.k8s.io/v1alpha2, experimental channel; NPEP-133), one for each
 * pod of the entry that reaches hosts. They only accept, in the tier Admin, as domain names must; what they
 * do not name stays with the NetworkPolicies, which deny it.
 */
export function clusterPolicies(all: readonly Intent[], input: EntryInput): readonly Part[] {
  const { entry, tier, environment } = input;
  return all.flatMap(({ part, pods, destinations }) => {
    const groups = hostGroups(destinations).flatMap((group) =>
      chunks(group.hosts, maxNames).map((hosts) => ({ ...group, hosts })),
    );
    const { labels, annotations } = entryMetadata(entry, tier, entry.name);
    return chunks(groups, maxRules).map((rules, i) => {
      const nth = i === 0 ? "" : `-${i + 1}`;
      const manifest = {
        apiVersion: "policy.networking.k8s.io/v1alpha2",
        kind: "ClusterNetworkPolicy",
        // The object belongs to the cluster: the namespace is part of its name. No namespace holds a dot.
        metadata: { name: `${tier.namespace}.${entry.name}.${part}${nth}`, labels, annotations },
        spec: {
          tier: "Admin",
          priority: environment.network.priority,
          subject: {
            pods: {
              namespaceSelector: {
                matchLabels: {
                  "kubernetes.io/metadata.name": tier.namespace,
                  ...tierLabels(tier.sensitivity),
                },
              },
              podSelector: { matchLabels: pods },
            },
          },
          egress: rules.map(accept),
        },
      };
      return { role: `${part}-hosts${nth}`, manifest };
    });
  });
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  );
}

function accept({ protocol, port, hosts }: HostGroup, i: number): object {
  return {
    name: `hosts-${i}`,
    action: "Accept",
    to: [{ domainNames: hosts }],
    protocols: [{ [protocol.toLowerCase()]: { destinationPort: { number: port } } }],
  };
}
