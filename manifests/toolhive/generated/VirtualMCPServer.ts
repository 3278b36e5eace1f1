// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface VirtualMCPServer {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "VirtualMCPServer";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: VirtualMCPServerSpec;
  status?: VirtualMCPServerStatus;
}
export interface VirtualMCPServerSpec {
  authServerConfig?: {
    allowConfidentialClientRegistration?: boolean;
    allowPrivateKeyJWTRegistration?: boolean;
    authorizationEndpointBaseUrl?: string;
    baselineClientScopes?: string[];
    cimd?: {
      cacheFallbackTtl?: string;
      cacheMaxSize?: number;
      enabled: boolean;
    };
    delegateClients?: {
      audiences: string[];
      clientId: string;
      clientSecretRef: {
        key: string;
        name: string;
      };
      scopes: string[];
    }[];
    disableUpstreamTokenInjection?: boolean;
    forceConfidentialRedirectUris?: string[];
    hmacSecretRefs?: {
      key: string;
      name: string;
    }[];
    inboundGrants?: {
      jwtBearer?: {
        issuerPolicies?: {
          acceptedAudiences?: string[];
          issuerRef: string;
          maxAssertionAge: string;
          subjectBindings: {
            allowedResources: string[];
            subject: string;
          }[];
        }[];
      };
      spiffeClientAuth?: {
        audiences: string[];
        clientId: string;
        methods: ("spiffe_x509" | "spiffe_jwt")[];
        principalPattern: string;
        resources?: string[];
        scopes: string[];
        trustDomainRef: string;
      }[];
      tokenExchange?: {
        delegateClients?: {
          audiences: string[];
          clientId: string;
          clientSecretRef: {
            key: string;
            name: string;
          };
          scopes: string[];
        }[];
        issuerPolicies?: {
          actorClaim?: string;
          actorMatcher?: string;
          allowMayAct?: boolean;
          allowedActors?: string[];
          allowedDelegateClients: string[];
          expectedAudience: string;
          issuerRef: string;
        }[];
      };
    };
    insecureAllowConfidentialOverLoopbackHTTP?: boolean;
    insecureAllowHTTP?: boolean;
    issuer: string;
    primaryUpstreamProvider?: string;
    signingKeySecretRefs?: {
      key: string;
      name: string;
    }[];
    spiffeTrustDomains?: {
      bundleSource: {
        endpoint?: {
          profile: "https_web" | "https_spiffe";
          url: string;
        };
        type: "bundle_endpoint" | "workload_api";
        workloadAPI?: {};
      };
      methods: ("spiffe_x509" | "spiffe_jwt")[];
      name: string;
      trustDomain: string;
    }[];
    storage?: {
      redis?: {
        aclUserConfig: {
          passwordSecretRef: {
            key: string;
            name: string;
          };
          usernameSecretRef?: {
            key: string;
            name: string;
          };
        };
        addr?: string;
        clusterMode?: boolean;
        dialTimeout?: string;
        readTimeout?: string;
        sentinelConfig?: {
          db?: number;
          masterName: string;
          sentinelAddrs?: string[];
          sentinelService?: {
            name: string;
            namespace?: string;
            port?: number;
          };
        };
        sentinelTls?: {
          caCertSecretRef?: {
            key: string;
            name: string;
          };
          insecureSkipVerify?: boolean;
        };
        tls?: {
          caCertSecretRef?: {
            key: string;
            name: string;
          };
          insecureSkipVerify?: boolean;
        };
        writeTimeout?: string;
      };
      type?: "memory" | "redis";
    };
    tokenLifespans?: {
      accessTokenLifespan?: string;
      authCodeLifespan?: string;
      refreshTokenLifespan?: string;
    };
    trustedIssuers?: {
      actorClaim?: string;
      actorMatcher?: string;
      allowMayAct?: boolean;
      allowPrivateIPs?: boolean;
      allowedActors?: string[];
      allowedDelegateClients?: string[];
      caBundleRef?: {
        configMapRef?: {
          key: string;
          name?: string;
          optional?: boolean;
        };
      };
      expectedAudience?: string;
      insecureAllowHTTP?: boolean;
      issuerUrl: string;
      jwksUrl?: string;
      jwtBearerGrant?: {
        acceptedAudiences?: string[];
        maxAssertionAge: string;
        subjectBindings: {
          allowedResources: string[];
          subject: string;
        }[];
      };
      name?: string;
    }[];
    upstreamProviders?: {
      name: string;
      oauth2Config?: {
        additionalAuthorizationParams?: {
          [k: string]: string;
        };
        allowPrivateIPs?: boolean;
        authorizationEndpoint: string;
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
        dcrConfig?: {
          discoveryUrl?: string;
          initialAccessTokenRef?: {
            key: string;
            name: string;
          };
          registrationEndpoint?: string;
          softwareId?: string;
          softwareStatement?: string;
        };
        identityFromToken?: {
          emailPath?: string;
          namePath?: string;
          subjectPath: string;
        };
        insecureAllowHTTP?: boolean;
        redirectUri?: string;
        scopes?: string[];
        tokenEndpoint: string;
        tokenEndpointAuthMethod?: "none" | "client_secret_basic" | "client_secret_post";
        tokenResponseMapping?: {
          accessTokenPath: string;
          expiresInPath?: string;
          refreshTokenPath?: string;
          scopePath?: string;
        };
        userInfo?: {
          additionalHeaders?: {
            [k: string]: string;
          };
          endpointUrl: string;
          fieldMapping?: {
            emailFields?: string[];
            nameFields?: string[];
            subjectFields?: string[];
          };
          httpMethod?: "GET" | "POST";
        };
      };
      oidcConfig?: {
        additionalAuthorizationParams?: {
          [k: string]: string;
        };
        allowPrivateIPs?: boolean;
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
        dcrConfig?: {
          discoveryUrl?: string;
          initialAccessTokenRef?: {
            key: string;
            name: string;
          };
          registrationEndpoint?: string;
          softwareId?: string;
          softwareStatement?: string;
        };
        issuerUrl: string;
        redirectUri?: string;
        scopes?: string[];
        subjectClaim?: string;
        userInfoOverride?: {
          additionalHeaders?: {
            [k: string]: string;
          };
          endpointUrl: string;
          fieldMapping?: {
            emailFields?: string[];
            nameFields?: string[];
            subjectFields?: string[];
          };
          httpMethod?: "GET" | "POST";
        };
      };
      type: "oidc" | "oauth2";
    }[];
  };
  config?: {
    aggregation?: {
      conflictResolution?: "prefix" | "priority" | "manual";
      conflictResolutionConfig?: {
        prefixFormat?: string;
        priorityOrder?: string[];
      };
      defaultToolVisibility?: "allow" | "deny";
      excludeAllTools?: boolean;
      tools?: {
        excludeAll?: boolean;
        filter?: string[];
        overrides?: {
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
        toolConfigRef?: {
          name: string;
        };
        workload: string;
      }[];
    };
    audit?: {
      component?: string;
      detectApplicationErrors?: boolean;
      enabled?: boolean;
      eventTypes?: string[];
      excludeEventTypes?: string[];
      includeRequestData?: boolean;
      includeResponseData?: boolean;
      logFile?: string;
      maxDataSize?: number;
      maxDelegationDepth?: number;
    };
    backends?: {
      caBundlePath?: string;
      metadata?: {
        [k: string]: string;
      };
      name: string;
      transport: "sse" | "streamable-http";
      type?: "entry" | "";
      url: string;
    }[];
    codeMode?: {
      enabled?: boolean;
      parallelMaxConcurrency?: number;
      stepLimit?: number;
      toolCallTimeout?: string;
    };
    compositeToolRefs?: {
      name: string;
    }[];
    compositeTools?: {
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
    }[];
    groupRef?: string;
    incomingAuth?: {
      authz?: {
        entitiesJson?: string;
        groupClaimName?: string;
        groupEntityType?: string;
        policies?: string[];
        primaryUpstreamProvider?: string;
        roleClaimName?: string;
        type: string;
      };
      oidc?: {
        audience: string;
        caBundlePath?: string;
        clientId: string;
        clientSecretEnv?: string;
        insecureAllowHttp?: boolean;
        introspectionUrl?: string;
        issuer: string;
        jwksAllowPrivateIp?: boolean;
        jwksUrl?: string;
        protectedResourceAllowPrivateIp?: boolean;
        resource?: string;
        scopes?: string[];
      };
      type: string;
    };
    metadata?: {
      [k: string]: string;
    };
    name?: string;
    operational?: {
      failureHandling?: {
        circuitBreaker?: {
          enabled?: boolean;
          failureThreshold?: number;
          timeout?: string;
        };
        healthCheckInterval?: string;
        healthCheckTimeout?: string;
        partialFailureMode?: "fail" | "best_effort";
        statusReportingInterval?: string;
        unhealthyThreshold?: number;
      };
      logLevel?: "debug";
      timeouts?: {
        default?: string;
        perWorkload?: {
          [k: string]: string;
        };
      };
    };
    optimizer?: {
      embeddingHeaders?: {
        [k: string]: string;
      };
      embeddingModel?: string;
      embeddingProvider?: "tei" | "openai";
      embeddingService?: string;
      embeddingServiceTimeout?: string;
      hybridSearchSemanticRatio?: string;
      maxToolsToReturn?: number;
      semanticDistanceThreshold?: string;
    };
    outgoingAuth?: {
      backends?: {
        [k: string]: {
          awsSts?: {
            fallbackRoleArn?: string;
            region: string;
            roleClaim?: string;
            roleMappings?: {
              claim?: string;
              matcher?: string;
              priority?: number;
              roleArn: string;
            }[];
            service?: string;
            sessionDuration?: number;
            sessionNameClaim?: string;
            subjectProviderName?: string;
          };
          headerInjection?: {
            headerName: string;
            headerValue?: string;
            headerValueEnv?: string;
          };
          obo?: {
            audience?: string;
            cacheSkewSeconds?: number;
            clientId?: string;
            clientSecret?: string;
            clientSecretEnv?: string;
            scopes?: string[];
            subjectTokenProviderName?: string;
            tokenUrl: string;
          };
          tokenExchange?: {
            audience?: string;
            clientId?: string;
            clientSecret?: string;
            clientSecretEnv?: string;
            scopes?: string[];
            subjectProviderName?: string;
            subjectTokenType?: string;
            tokenUrl: string;
          };
          type: string;
          upstreamInject?: {
            providerName: string;
          };
          xaa?: {
            idpClientId?: string;
            idpClientSecret?: string;
            idpClientSecretEnv?: string;
            idpTokenUrl: string;
            insecureTargetTokenUrl?: boolean;
            scopes?: string[];
            subjectProviderName?: string;
            subjectTokenType?: string;
            targetAudience: string;
            targetClientId?: string;
            targetClientSecret?: string;
            targetClientSecretEnv?: string;
            targetResource?: string;
            targetTokenUrl: string;
          };
        };
      };
      default?: {
        awsSts?: {
          fallbackRoleArn?: string;
          region: string;
          roleClaim?: string;
          roleMappings?: {
            claim?: string;
            matcher?: string;
            priority?: number;
            roleArn: string;
          }[];
          service?: string;
          sessionDuration?: number;
          sessionNameClaim?: string;
          subjectProviderName?: string;
        };
        headerInjection?: {
          headerName: string;
          headerValue?: string;
          headerValueEnv?: string;
        };
        obo?: {
          audience?: string;
          cacheSkewSeconds?: number;
          clientId?: string;
          clientSecret?: string;
          clientSecretEnv?: string;
          scopes?: string[];
          subjectTokenProviderName?: string;
          tokenUrl: string;
        };
        tokenExchange?: {
          audience?: string;
          clientId?: string;
          clientSecret?: string;
          clientSecretEnv?: string;
          scopes?: string[];
          subjectProviderName?: string;
          subjectTokenType?: string;
          tokenUrl: string;
        };
        type: string;
        upstreamInject?: {
          providerName: string;
        };
        xaa?: {
          idpClientId?: string;
          idpClientSecret?: string;
          idpClientSecretEnv?: string;
          idpTokenUrl: string;
          insecureTargetTokenUrl?: boolean;
          scopes?: string[];
          subjectProviderName?: string;
          subjectTokenType?: string;
          targetAudience: string;
          targetClientId?: string;
          targetClientSecret?: string;
          targetClientSecretEnv?: string;
          targetResource?: string;
          targetTokenUrl: string;
        };
      };
      source: string;
    };
    passthroughHeaders?: string[];
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
    sessionStorage?: {
      address?: string;
      db?: number;
      keyPrefix?: string;
      provider: "memory" | "redis";
    };
    telemetry?: {
      caCertPath?: string;
      customAttributes?: {
        [k: string]: string;
      };
      enablePrometheusMetricsPath?: boolean;
      endpoint?: string;
      environmentVariables?: string[];
      headers?: {
        [k: string]: string;
      };
      insecure?: boolean;
      metricsEnabled?: boolean;
      metricsOnTransportPort?: boolean;
      prometheusPort?: number;
      samplingRate?: string;
      serviceName?: string;
      serviceVersion?: string;
      tracingEnabled?: boolean;
      useLegacyAttributes?: boolean;
    };
    [k: string]: unknown;
  };
  embeddingServerRef?: {
    name: string;
  };
  groupRef: {
    name: string;
  };
  imagePullSecrets?: {
    name?: string;
  }[];
  incomingAuth: {
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
    oidcConfigRef?: {
      audience: string;
      name: string;
      resourceUrl?: string;
      scopes?: string[];
    };
    type: "anonymous" | "oidc";
  };
  outgoingAuth?: {
    backends?: {
      [k: string]: {
        externalAuthConfigRef?: {
          name: string;
        };
        type: "discovered" | "externalAuthConfigRef";
      };
    };
    default?: {
      externalAuthConfigRef?: {
        name: string;
      };
      type: "discovered" | "externalAuthConfigRef";
    };
    source?: "discovered" | "inline";
  };
  passthroughHeaders?: string[];
  podTemplateSpec?: {
    [k: string]: unknown;
  };
  replicas?: number;
  serviceAccount?: string;
  serviceType?: "ClusterIP" | "NodePort" | "LoadBalancer";
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
}
export interface VirtualMCPServerStatus {
  authzConfigHash?: string;
  backendCount?: number;
  conditions?: {
    lastTransitionTime: string;
    message: string;
    observedGeneration?: number;
    reason: string;
    status: "True" | "False" | "Unknown";
    type: string;
  }[];
  discoveredBackends?: {
    authConfigRef?: string;
    authType?: string;
    circuitBreakerState?: "closed" | "open" | "half-open";
    circuitLastChanged?: string;
    consecutiveFailures?: number;
    lastHealthCheck?: string;
    mcpRevision?: string;
    message?: string;
    name: string;
    status?: string;
    url?: string;
  }[];
  message?: string;
  observedGeneration?: number;
  oidcConfigHash?: string;
  phase?: "Pending" | "Ready" | "Degraded" | "Failed";
  runtime?: {
    backendCount?: number;
    conditions?: {
      lastTransitionTime: string;
      message: string;
      observedGeneration?: number;
      reason: string;
      status: "True" | "False" | "Unknown";
      type: string;
    }[];
    discoveredBackends?: {
      authConfigRef?: string;
      authType?: string;
      circuitBreakerState?: "closed" | "open" | "half-open";
      circuitLastChanged?: string;
      consecutiveFailures?: number;
      lastHealthCheck?: string;
      mcpRevision?: string;
      message?: string;
      name: string;
      status?: string;
      url?: string;
    }[];
    message?: string;
    phase?: "Pending" | "Ready" | "Degraded" | "Failed";
  };
  telemetryConfigHash?: string;
  url?: string;
}
