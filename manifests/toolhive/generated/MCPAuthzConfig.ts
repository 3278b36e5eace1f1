// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPAuthzConfig {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "MCPAuthzConfig";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPAuthzConfigSpec;
  status?: MCPAuthzConfigStatus;
}
export interface MCPAuthzConfigSpec {
  config: {
    [k: string]: unknown;
  };
  type: string;
}
export interface MCPAuthzConfigStatus {
  conditions?: {
    lastTransitionTime: string;
    message: string;
    observedGeneration?: number;
    reason: string;
    status: "True" | "False" | "Unknown";
    type: string;
  }[];
  configHash?: string;
  observedGeneration?: number;
}
