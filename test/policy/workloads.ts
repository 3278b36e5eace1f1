import { changed } from "./right";
import type { Plain } from "./right";

/** A security context that lacks nothing. */
export const strict = {
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
};

/** A workload beside ToolHive, in the namespace of tier internal. */
export function workload(podSpec: object): Plain {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "tool", namespace: "mcp-internal" },
    spec: { template: { spec: podSpec } },
  };
}

/** A workload whose account and images are right. */
export const deployment = workload({
  serviceAccountName: "mcp-server",
  automountServiceAccountToken: false,
  containers: [{ name: "tool", image: "ghcr.io/acme/tool:1" }],
});

/** The same in the namespace of no tier. */
export const elsewhere = changed(deployment, { "metadata.namespace": "default" });
