import type { PodTemplateSpec } from "kubernetes-types/core/v1";
import type { Entry, Tier } from "../catalog";
import { proxyPort } from "./address";
import { entryAnnotations, entryLabels, takeBack } from "./labels";
import type { Part } from "./manifest";
import type { MCPServer } from "./toolhive";

/** The objects of a `kind: Server` entry in the tier of its sensitivity. */
export function renderServer(entry: Entry, tier: Tier): readonly Part[] {
  return [{ role: "server", manifest: mcpServer(entry, tier) }];
}

function mcpServer(entry: Entry, tier: Tier) {
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
      serviceAccount: tier.serviceAccount,
      // The operator passes no label of the MCPServer on: each pod is told apart.
      resourceOverrides: {
        proxyDeployment: {
          labels: { ...entryLabels(entry) },
          podTemplateMetadataOverrides: { labels: { ...entryLabels(entry) } },
        },
      },
      podTemplateSpec: { ...backendPatch(entry) },
    },
  } satisfies MCPServer;
}

/**
 * What is laid over the backend's pod. `spec.resources` of an MCPServer sizes the proxy; the server's own
 * container, which ToolHive calls `mcp`, can only be sized here.
 */
function backendPatch(entry: Entry): PodTemplateSpec {
  return {
    metadata: { labels: { ...entryLabels(entry) } },
    spec: {
      automountServiceAccountToken: false,
      containers: [{ name: "mcp", resources: entry.resources }],
    },
  };
}
