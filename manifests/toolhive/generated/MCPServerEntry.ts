// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPServerEntry {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "MCPServerEntry";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPServerEntrySpec;
  status?: MCPServerEntryStatus;
}
export interface MCPServerEntrySpec {
  allowPrivateEndpoint?: boolean;
  caBundleRef?: {
    configMapRef?: {
      key: string;
      name?: string;
      optional?: boolean;
    };
  };
  externalAuthConfigRef?: {
    name: string;
  };
  groupRef: {
    name: string;
  };
  headerForward?: {
    addHeadersFromSecret?: {
      headerName: string;
      valueSecretRef: {
        key: string;
        name: string;
      };
    }[];
    addPlaintextHeaders?: {
      [k: string]: string;
    };
  };
  remoteUrl: string;
  transport: "sse" | "streamable-http";
}
export interface MCPServerEntryStatus {
  conditions?: {
    lastTransitionTime: string;
    message: string;
    observedGeneration?: number;
    reason: string;
    status: "True" | "False" | "Unknown";
    type: string;
  }[];
  observedGeneration?: number;
  phase?: "Valid" | "Pending" | "Failed";
}
