// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPOIDCConfig {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "MCPOIDCConfig";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPOIDCConfigSpec;
  status?: MCPOIDCConfigStatus;
}
export interface MCPOIDCConfigSpec {
  inline?: {
    caBundleRef?: {
      configMapRef?: {
        key: string;
        name?: string;
        optional?: boolean;
      };
    };
    clientId?: string;
    clientSecretRef?: {
      key: string;
      name: string;
    };
    insecureAllowHTTP?: boolean;
    introspectionUrl?: string;
    issuer: string;
    jwksAllowPrivateIP?: boolean;
    jwksAuthTokenPath?: string;
    jwksUrl?: string;
    protectedResourceAllowPrivateIP?: boolean;
  };
  kubernetesServiceAccount?: {
    introspectionUrl?: string;
    issuer?: string;
    jwksUrl?: string;
    namespace?: string;
    serviceAccount?: string;
    useClusterAuth?: boolean;
  };
  type: "kubernetesServiceAccount" | "inline";
}
export interface MCPOIDCConfigStatus {
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
