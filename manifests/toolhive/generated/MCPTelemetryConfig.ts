// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPTelemetryConfig {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "MCPTelemetryConfig";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPTelemetryConfigSpec;
  status?: MCPTelemetryConfigStatus;
}
export interface MCPTelemetryConfigSpec {
  openTelemetry?: {
    caBundleRef?: {
      configMapRef?: {
        key: string;
        name?: string;
        optional?: boolean;
      };
    };
    enabled?: boolean;
    endpoint?: string;
    headers?: {
      [k: string]: string;
    };
    insecure?: boolean;
    metrics?: {
      enabled?: boolean;
    };
    resourceAttributes?: {
      [k: string]: string;
    };
    sensitiveHeaders?: {
      name: string;
      secretKeyRef: {
        key: string;
        name: string;
      };
    }[];
    tracing?: {
      enabled?: boolean;
      samplingRate?: string;
    };
    useLegacyAttributes?: boolean;
  };
  prometheus?: {
    enabled?: boolean;
    metricsOnTransportPort?: boolean;
  };
}
export interface MCPTelemetryConfigStatus {
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
