// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPGroup {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "MCPGroup";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPGroupSpec;
  status?: MCPGroupStatus;
}
export interface MCPGroupSpec {
  description?: string;
}
export interface MCPGroupStatus {
  conditions?: {
    lastTransitionTime: string;
    message: string;
    observedGeneration?: number;
    reason: string;
    status: "True" | "False" | "Unknown";
    type: string;
  }[];
  entries?: string[];
  entryCount?: number;
  observedGeneration?: number;
  phase?: "Ready" | "Pending" | "Failed";
  remoteProxies?: string[];
  remoteProxyCount?: number;
  serverCount?: number;
  servers?: string[];
}
