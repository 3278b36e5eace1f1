// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPRemoteProxy {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "MCPRemoteProxy";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPRemoteProxySpec;
  status?: MCPRemoteProxyStatus;
}
export interface MCPRemoteProxySpec {
  allowPrivateEndpoint?: boolean;
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
  endpointPrefix?: string;
  externalAuthConfigRef?: {
    name: string;
  };
  groupRef?: {
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
  oidcConfigRef?: {
    audience: string;
    name: string;
    resourceUrl?: string;
    scopes?: string[];
  };
  podTemplateSpec?: {
    [k: string]: unknown;
  };
  proxyPort?: number;
  remoteUrl: string;
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
  transport?: "sse" | "streamable-http";
  trustProxyHeaders?: boolean;
}
export interface MCPRemoteProxyStatus {
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
  externalUrl?: string;
  message?: string;
  observedGeneration?: number;
  oidcConfigHash?: string;
  phase?: "Pending" | "Ready" | "Failed" | "Terminating";
  telemetryConfigHash?: string;
  toolConfigHash?: string;
  url?: string;
}
