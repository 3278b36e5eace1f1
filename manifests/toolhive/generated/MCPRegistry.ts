// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPRegistry {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "MCPRegistry";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPRegistrySpec;
  status?: MCPRegistryStatus;
}
export interface MCPRegistrySpec {
  configYAML: string;
  displayName?: string;
  imagePullSecrets?: {
    name?: string;
  }[];
  pgpassSecretRef?: {
    key: string;
    name?: string;
    optional?: boolean;
  };
  podTemplateSpec?: {
    [k: string]: unknown;
  };
  volumeMounts?: {
    [k: string]: unknown;
  }[];
  volumes?: {
    [k: string]: unknown;
  }[];
}
export interface MCPRegistryStatus {
  conditions?: {
    lastTransitionTime: string;
    message: string;
    observedGeneration?: number;
    reason: string;
    status: "True" | "False" | "Unknown";
    type: string;
  }[];
  message?: string;
  observedGeneration?: number;
  phase?: "Pending" | "Ready" | "Failed" | "Terminating";
  readyReplicas?: number;
  url?: string;
}
