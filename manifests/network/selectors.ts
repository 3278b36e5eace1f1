/*
 * Which pods of a tier's namespace are what. Labels as ToolHive v0.48 sets them: proxies in
 * cmd/thv-operator/controllers/mcpserver_controller.go (labelsForMCPServer), backends in
 * pkg/container/kubernetes/client.go and pkg/labels/labels.go. `toolhive-name` alone matches both.
 */

/** Labels of the proxy of every Server entry. */
export const anyProxy = { app: "mcpserver", toolhive: "true" } as const;

/** Labels of the proxy of one Server entry. */
export function proxyOf(name: string): Record<string, string> {
  return { ...anyProxy, "toolhive-name": name };
}

/** Label that every backend has, and no proxy. */
export const backendKey = "toolhive-basename";

/** Labels of the backend of one Server entry. */
export function backendOf(name: string): Record<string, string> {
  return { toolhive: "true", [backendKey]: name };
}
