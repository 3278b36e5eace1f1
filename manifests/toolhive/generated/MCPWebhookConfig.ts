// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPWebhookConfig {
  apiVersion: "toolhive.stacklok.dev/v1alpha1";
  kind: "MCPWebhookConfig";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPWebhookConfigSpec;
  status?: MCPWebhookConfigStatus;
}
export interface MCPWebhookConfigSpec {
  mutating?: {
    failurePolicy?: "fail" | "ignore";
    hmacSecretRef?: {
      key: string;
      name: string;
    };
    name: string;
    timeout?: string;
    tlsConfig?: {
      caSecretRef?: {
        key: string;
        name: string;
      };
      clientCertSecretRef?: {
        key: string;
        name: string;
      };
      clientKeySecretRef?: {
        key: string;
        name: string;
      };
      insecureSkipVerify?: boolean;
    };
    url: string;
  }[];
  validating?: {
    failurePolicy?: "fail" | "ignore";
    hmacSecretRef?: {
      key: string;
      name: string;
    };
    name: string;
    timeout?: string;
    tlsConfig?: {
      caSecretRef?: {
        key: string;
        name: string;
      };
      clientCertSecretRef?: {
        key: string;
        name: string;
      };
      clientKeySecretRef?: {
        key: string;
        name: string;
      };
      insecureSkipVerify?: boolean;
    };
    url: string;
  }[];
}
export interface MCPWebhookConfigStatus {
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
