// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface EmbeddingServer {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "EmbeddingServer";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: EmbeddingServerSpec;
  status?: EmbeddingServerStatus;
}
export interface EmbeddingServerSpec {
  args?: string[];
  env?: {
    name: string;
    value: string;
  }[];
  hfTokenSecretRef?: {
    key: string;
    name: string;
  };
  image?: string;
  imagePullPolicy?: "Always" | "Never" | "IfNotPresent";
  model?: string;
  modelCache?: {
    accessMode?: "ReadWriteOnce" | "ReadWriteMany" | "ReadOnlyMany";
    enabled?: boolean;
    size?: string;
    storageClassName?: string;
  };
  podTemplateSpec?: {
    [k: string]: unknown;
  };
  port?: number;
  replicas?: number;
  resourceOverrides?: {
    persistentVolumeClaim?: {
      annotations?: {
        [k: string]: string;
      };
      labels?: {
        [k: string]: string;
      };
    };
    service?: {
      annotations?: {
        [k: string]: string;
      };
      labels?: {
        [k: string]: string;
      };
    };
    statefulSet?: {
      annotations?: {
        [k: string]: string;
      };
      labels?: {
        [k: string]: string;
      };
      podTemplateMetadataOverrides?: {
        annotations?: {
          [k: string]: string;
        };
        labels?: {
          [k: string]: string;
        };
      };
    };
  };
  resources?: {
    limits?: {
      cpu?: string;
      memory?: string;
    };
    requests?: {
      cpu?: string;
      memory?: string;
    };
  };
}
export interface EmbeddingServerStatus {
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
  phase?: "Pending" | "Downloading" | "Ready" | "Failed" | "Terminating";
  readyReplicas?: number;
  url?: string;
}
