import { proxyServiceName } from "../catalog";
import type { Entry, Tier } from "../catalog";

/** Port of every proxy's Service and pod: ToolHive's own default. */
export const proxyPort = 8080;

/** Name of the Service that the operator makes for an entry's proxy. */
export function proxyService({ kind, name }: Pick<Entry, "kind" | "name">): string {
  return proxyServiceName({ kind, name });
}

/**
 * Address of an entry inside the cluster. It is computed, because the operator writes `status.url` once
 * and never again (ToolHive v0.48 cmd/thv-operator/controllers/mcpserver_controller.go).
 */
export function entryUrl(entry: Entry, tier: Tier): string {
  return `http://${proxyService(entry)}.${tier.namespace}.svc.cluster.local:${proxyPort}/${path(entry)}`;
}

/** Path of the transport that the proxy speaks, which for a stdio server is one of its own. */
function path(entry: Entry): string {
  const spoken =
    entry.kind === "Server" && entry.transport === "stdio" ? entry.proxy.mode : entry.transport;
  return spoken === "sse" ? "sse" : "mcp";
}
