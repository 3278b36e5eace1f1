// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPServer {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "MCPServer";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPServerSpec;
  status?: MCPServerStatus;
}
export interface MCPServerSpec {
  args?: string[];
  audit?: {
    enabled?: boolean;
  };
  authServerRef?: {
    kind: "MCPExternalAuthConfig";
    name: string;
  };
  authzConfig?: {
    configMap?: {
      key?: string;
      name: string;
    };
    groupClaimName?: string;
    groupEntityType?: string;
    inline?: {
      entitiesJson?: string;
      policies: string[];
      primaryUpstreamProvider?: string;
    };
    roleClaimName?: string;
    type: "configMap" | "inline";
  };
  authzConfigRef?: {
    name: string;
  };
  backendReplicas?: number;
  endpointPrefix?: string;
  env?: {
    name: string;
    value: string;
  }[];
  externalAuthConfigRef?: {
    name: string;
  };
  groupRef?: {
    name: string;
  };
  image: string;
  maxRequestBodySize?: number;
  mcpPort?: number;
  oidcConfigRef?: {
    audience: string;
    name: string;
    resourceUrl?: string;
    scopes?: string[];
  };
  permissionProfile?: {
    key?: string;
    name: string;
    type: "builtin" | "configmap";
  };
  podTemplateSpec?: {
    [k: string]: unknown;
  };
  proxyMode?: "sse" | "streamable-http";
  proxyPort?: number;
  proxyReadTimeout?: string;
  rateLimiting?: {
    perUser?: {
      maxTokens: number;
      refillPeriod: string;
    };
    shared?: {
      maxTokens: number;
      refillPeriod: string;
    };
    tools?: {
      name: string;
      perUser?: {
        maxTokens: number;
        refillPeriod: string;
      };
      shared?: {
        maxTokens: number;
        refillPeriod: string;
      };
    }[];
  };
  replicas?: number;
  resourceOverrides?: {
    proxyDeployment?: {
      affinity?: {
        nodeAffinity?: {
          preferredDuringSchedulingIgnoredDuringExecution?: {
            preference: {
              matchExpressions?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
              matchFields?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
            };
            weight: number;
          }[];
          requiredDuringSchedulingIgnoredDuringExecution?: {
            nodeSelectorTerms: {
              matchExpressions?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
              matchFields?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
            }[];
          };
        };
        podAffinity?: {
          preferredDuringSchedulingIgnoredDuringExecution?: {
            podAffinityTerm: {
              labelSelector?: {
                matchExpressions?: {
                  key: string;
                  operator: string;
                  values?: string[];
                }[];
                matchLabels?: {
                  [k: string]: string;
                };
              };
              matchLabelKeys?: string[];
              mismatchLabelKeys?: string[];
              namespaceSelector?: {
                matchExpressions?: {
                  key: string;
                  operator: string;
                  values?: string[];
                }[];
                matchLabels?: {
                  [k: string]: string;
                };
              };
              namespaces?: string[];
              topologyKey: string;
            };
            weight: number;
          }[];
          requiredDuringSchedulingIgnoredDuringExecution?: {
            labelSelector?: {
              matchExpressions?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
              matchLabels?: {
                [k: string]: string;
              };
            };
            matchLabelKeys?: string[];
            mismatchLabelKeys?: string[];
            namespaceSelector?: {
              matchExpressions?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
              matchLabels?: {
                [k: string]: string;
              };
            };
            namespaces?: string[];
            topologyKey: string;
          }[];
        };
        podAntiAffinity?: {
          preferredDuringSchedulingIgnoredDuringExecution?: {
            podAffinityTerm: {
              labelSelector?: {
                matchExpressions?: {
                  key: string;
                  operator: string;
                  values?: string[];
                }[];
                matchLabels?: {
                  [k: string]: string;
                };
              };
              matchLabelKeys?: string[];
              mismatchLabelKeys?: string[];
              namespaceSelector?: {
                matchExpressions?: {
                  key: string;
                  operator: string;
                  values?: string[];
                }[];
                matchLabels?: {
                  [k: string]: string;
                };
              };
              namespaces?: string[];
              topologyKey: string;
            };
            weight: number;
          }[];
          requiredDuringSchedulingIgnoredDuringExecution?: {
            labelSelector?: {
              matchExpressions?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
              matchLabels?: {
                [k: string]: string;
              };
            };
            matchLabelKeys?: string[];
            mismatchLabelKeys?: string[];
            namespaceSelector?: {
              matchExpressions?: {
                key: string;
                operator: string;
                values?: string[];
              }[];
              matchLabels?: {
                [k: string]: string;
              };
            };
            namespaces?: string[];
            topologyKey: string;
          }[];
        };
      };
      annotations?: {
        [k: string]: string;
      };
      env?: {
        name: string;
        value: string;
      }[];
      imagePullSecrets?: {
        name?: string;
      }[];
      labels?: {
        [k: string]: string;
      };
      nodeSelector?: {
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
      tolerations?: {
        effect?: string;
        key?: string;
        operator?: string;
        tolerationSeconds?: number;
        value?: string;
      }[];
    };
    proxyService?: {
      annotations?: {
        [k: string]: string;
      };
      labels?: {
        [k: string]: string;
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
  secrets?: {
    key: string;
    name: string;
    targetEnvName?: string;
  }[];
  serviceAccount?: string;
  sessionAffinity?: "ClientIP" | "None";
  sessionStorage?: {
    address?: string;
    db?: number;
    keyPrefix?: string;
    passwordRef?: {
      key: string;
      name: string;
    };
    provider: "memory" | "redis";
  };
  telemetryConfigRef?: {
    name: string;
    serviceName?: string;
  };
  toolConfigRef?: {
    name: string;
  };
  transport?: "stdio" | "streamable-http" | "sse";
  trustProxyHeaders?: boolean;
  volumes?: {
    hostPath: string;
    mountPath: string;
    name: string;
    readOnly?: boolean;
  }[];
  webhookConfigRef?: {
    name: string;
  };
}
export interface MCPServerStatus {
  authServerConfigHash?: string;
  authzConfigHash?: string;
  conditions?: {
    lastTransitionTime: string;
    message: string;
    observedGeneration?: number;
    reason: string;
    status: "True" | "False" | "Unknown";
    type: string;
  }[];
  externalAuthConfigHash?: string;
  message?: string;
  observedGeneration?: number;
  oidcConfigHash?: string;
  phase?: "Pending" | "Ready" | "Failed" | "Terminating" | "Stopped";
  readyReplicas?: number;
  telemetryConfigHash?: string;
  toolConfigHash?: string;
  url?: string;
  webhookConfigHash?: string;
}
