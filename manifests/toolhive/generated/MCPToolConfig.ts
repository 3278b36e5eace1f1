// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPToolConfig {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "MCPToolConfig";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPToolConfigSpec;
  status?: MCPToolConfigStatus;
}
export interface MCPToolConfigSpec {
  toolsFilter?: string[];
  toolsOverride?: {
    [k: string]: {
      annotations?: {
        destructiveHint?: boolean;
        idempotentHint?: boolean;
        openWorldHint?: boolean;
        readOnlyHint?: boolean;
        title?: string;
      };
      description?: string;
      name?: string;
    };
  };
}
export interface MCPToolConfigStatus {
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
