/*
 * Which pods of a tier's namespace are what. Labels as ToolHive v0.48 sets them: proxies in
 * cmd/thv-operator/controllers/mcpserver_controller.go (labelsForMCPServer) and its twin for remotes,
 * backends in pkg/container/kubernetes/client.go and pkg/labels/labels.go. `toolhive-name` alone matches both.
 */

/** Labels of the proxy of every Server entry. */
export const anyProxy = { app: "mcpserver", toolhive: "true" } as const;

/** Labels of the proxy of every Remote entry. */
export const anyRemote = { app: "mcpremoteproxy", toolhive: "true" } as const;

/** An entry, as far as its pods are found by it. */
export interface Selected {
  /** Kind of the entry. */
  readonly kind: "Server" | "Remote";
  /** Its name. */
  readonly name: string;
}

/** Labels of the proxy of one entry. */
export function proxyOf({ kind, name }: Selected): Record<string, string> {
  return { ...(kind === "Server" ? anyProxy : anyRemote), "toolhive-name": name };
}

/** Label that every backend has, and no proxy. */
export const backendKey = "toolhive-basename";

/** Labels of the backend of one Server entry. */
export function backendOf({ name }: Selected): Record<string, string> {
  return { toolhive: "true", [backendKey]: name };
}
