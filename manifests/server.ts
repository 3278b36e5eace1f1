import type { Container, PodTemplateSpec, Volume, VolumeMount } from "kubernetes-types/core/v1";
import type { NetworkPolicy, NetworkPolicySpec } from "kubernetes-types/networking/v1";
import type { Entry, NetworkSettings, Tier } from "../catalog";
import { proxyPort } from "./address";
import { entryAnnotations, entryLabels, takeBack } from "./labels";
import type { Manifest, Part } from "./manifest";
import { backendPolicy, proxyPolicy } from "./network";
import { nothingPublished } from "./tools";
import type { MCPServer, MCPToolConfig } from "./toolhive";

/** What an entry's objects are made from. */
export interface EntryInput {
  /** The entry. */
  readonly entry: Entry;
  /** The tier of its sensitivity. */
  readonly tier: Tier;
  /** The network of the environment. */
  readonly network: NetworkSettings;
}

/** The objects of a `kind: Server` entry; the MCPServer is the last, because it needs the others. */
export function renderServer({ entry, tier, network }: EntryInput): readonly Part[] {
  const policies = [
    ["proxy-policy", `${entry.name}-proxy`, proxyPolicy(entry)],
    ["backend-policy", `${entry.name}-backend`, backendPolicy(entry, network)],
  ] as const;
  return [
    ...policies.flatMap(([role, name, spec]) =>
      spec ? [{ role, manifest: policy(entry, tier, name, spec) }] : [],
    ),
    { role: "tools", manifest: toolConfig(entry, tier) },
    { role: "server", manifest: mcpServer(entry, tier) },
  ];
}

function policy(
  entry: Entry,
  { namespace }: Tier,
  name: string,
  spec: NetworkPolicySpec,
): NetworkPolicy & Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: {
      name,
      namespace,
      labels: { ...entryLabels(entry) },
      annotations: { ...takeBack },
    },
    spec,
  };
}

function toolConfig(entry: Entry, { namespace }: Tier): MCPToolConfig & Manifest {
  const { publish } = entry.tools;
  return {
    apiVersion: "toolhive.stacklok.dev/v1beta1",
    kind: "MCPToolConfig",
    metadata: {
      name: entry.name,
      namespace,
      labels: { ...entryLabels(entry) },
      annotations: { ...takeBack },
    },
    spec: { toolsFilter: publish.length > 0 ? [...publish] : [nothingPublished] },
  };
}

function mcpServer(entry: Entry, tier: Tier): MCPServer & Manifest {
  return {
    apiVersion: "toolhive.stacklok.dev/v1beta1",
    kind: "MCPServer",
    metadata: {
      name: entry.name,
      namespace: tier.namespace,
      labels: { ...entryLabels(entry) },
      annotations: { ...entryAnnotations(entry), ...takeBack },
    },
    spec: {
      image: entry.image,
      transport: entry.transport,
      ...(entry.port !== undefined && { mcpPort: entry.port }),
      proxyPort,
      ...(entry.args && { args: [...entry.args] }),
      ...(entry.env && {
        env: Object.entries(entry.env).map(([name, value]) => ({ name, value })),
      }),
      serviceAccount: tier.serviceAccount,
      toolConfigRef: { name: entry.name },
      // The operator passes no label of the MCPServer on: each pod is told apart.
      resourceOverrides: {
        proxyDeployment: {
          labels: { ...entryLabels(entry) },
          podTemplateMetadataOverrides: { labels: { ...entryLabels(entry) } },
        },
      },
      podTemplateSpec: { ...backendPatch(entry) },
    },
  };
}

/**
 * What is laid over the backend's pod. `spec.resources` of an MCPServer sizes the proxy; the server's own
 * container, which ToolHive calls `mcp`, can only be sized here, and `spec.volumes` reaches the proxy alone.
 */
function backendPatch(entry: Entry): PodTemplateSpec {
  const { volumes, volumeMounts } = writableFolders(entry.writable ?? []);
  const container: Container = {
    name: "mcp",
    resources: entry.resources,
    ...(volumeMounts.length > 0 && { volumeMounts }),
  };
  return {
    metadata: { labels: { ...entryLabels(entry) } },
    spec: {
      automountServiceAccountToken: false,
      containers: [container],
      ...(volumes.length > 0 && { volumes }),
    },
  };
}

function writableFolders(paths: readonly string[]): {
  readonly volumes: Volume[];
  readonly volumeMounts: VolumeMount[];
} {
  const named = paths.map((mountPath, i) => ({ name: `writable-${i}`, mountPath }));
  return {
    volumes: named.map(({ name }) => ({ name, emptyDir: {} })),
    volumeMounts: named,
  };
}
