// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface VirtualMCPCompositeToolDefinition {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "VirtualMCPCompositeToolDefinition";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: VirtualMCPCompositeToolDefinitionSpec;
  status?: VirtualMCPCompositeToolDefinitionStatus;
}
export interface VirtualMCPCompositeToolDefinitionSpec {
  annotations?: {
    destructiveHint?: boolean;
    idempotentHint?: boolean;
    openWorldHint?: boolean;
    readOnlyHint?: boolean;
    title?: string;
  };
  description?: string;
  name: string;
  output?: {
    properties: {
      [k: string]: {
        default?: {
          [k: string]: unknown;
        };
        description?: string;
        properties?: {
          [k: string]: unknown;
        };
        type: "string" | "integer" | "number" | "boolean" | "object" | "array";
        value?: string;
      };
    };
    required?: string[];
  };
  parameters?: {
    [k: string]: unknown;
  };
  steps: {
    arguments?: {
      [k: string]: unknown;
    };
    collection?: string;
    condition?: string;
    defaultResults?: {
      [k: string]: unknown;
    };
    dependsOn?: string[];
    id: string;
    itemVar?: string;
    maxIterations?: number;
    maxParallel?: number;
    message?: string;
    onCancel?: {
      action?: "skip_remaining" | "abort" | "continue";
    };
    onDecline?: {
      action?: "skip_remaining" | "abort" | "continue";
    };
    onError?: {
      action?: "abort" | "continue" | "retry";
      retryCount?: number;
      retryDelay?: string;
    };
    schema?: {
      [k: string]: unknown;
    };
    step?: {
      [k: string]: unknown;
    };
    timeout?: string;
    tool?: string;
    type?: "tool" | "elicitation" | "forEach";
  }[];
  timeout?: string;
}
export interface VirtualMCPCompositeToolDefinitionStatus {
  conditions?: {
    lastTransitionTime: string;
    message: string;
    observedGeneration?: number;
    reason: string;
    status: "True" | "False" | "Unknown";
    type: string;
  }[];
  observedGeneration?: number;
  referencingVirtualServers?: string[];
  validationErrors?: string[];
  validationStatus?: "Valid" | "Invalid" | "Unknown";
}
