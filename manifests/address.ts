import type { Entry, Tier } from "../catalog";

/** Port of every proxy's Service and pod: ToolHive's own default. */
export const proxyPort = 8080;

/** Name of the Service that the operator makes for an entry's proxy. */
export function proxyService(entry: Pick<Entry, "name">): string {
  return `mcp-${entry.name}-proxy`;
}

/**
 * Address of an entry inside the cluster. It is computed, because the operator writes `status.url` once
 * and never again (ToolHive v0.48 cmd/thv-operator/controllers/mcpserver_controller.go).
 */
export function entryUrl(entry: Entry, tier: Tier): string {
  const path = entry.transport === "sse" ? "sse" : "mcp";
  return `http://${proxyService(entry)}.${tier.namespace}.svc.cluster.local:${proxyPort}/${path}`;
}
