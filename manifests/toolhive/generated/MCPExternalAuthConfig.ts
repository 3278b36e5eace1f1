// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export interface MCPExternalAuthConfig {
  apiVersion: "toolhive.stacklok.dev/v1beta1";
  kind: "MCPExternalAuthConfig";
  metadata: import("kubernetes-types/meta/v1").ObjectMeta;
  spec: MCPExternalAuthConfigSpec;
  status?: MCPExternalAuthConfigStatus;
}
export interface MCPExternalAuthConfigSpec {
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
  bearerToken?: {
    tokenSecretRef: {
      key: string;
      name: string;
    };
  };
  embeddedAuthServer?: {
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
  headerInjection?: {
    headerName: string;
    valueSecretRef: {
      key: string;
      name: string;
    };
  };
  obo?: {
    audience?: string;
    authority?: string;
    cacheSkew?: string;
    clientId?: string;
    clientSecretRef?: {
      key: string;
      name: string;
    };
    scopes?: string[];
    subjectTokenProviderName?: string;
    tenantId?: string;
  };
  tokenExchange?: {
    audience: string;
    clientId?: string;
    clientSecretRef?: {
      key: string;
      name: string;
    };
    externalTokenHeaderName?: string;
    scopes?: string[];
    subjectProviderName?: string;
    subjectTokenType?: string;
    tokenUrl: string;
  };
  type:
    | "tokenExchange"
    | "headerInjection"
    | "bearerToken"
    | "unauthenticated"
    | "embeddedAuthServer"
    | "awsSts"
    | "upstreamInject"
    | "obo"
    | "xaa";
  upstreamInject?: {
    providerName: string;
  };
  xaa?: {
    idpClientId?: string;
    idpClientSecretRef?: {
      key: string;
      name: string;
    };
    idpTokenUrl: string;
    insecureTargetTokenUrl?: boolean;
    scopes?: string[];
    subjectProviderName?: string;
    subjectTokenType?: "urn:ietf:params:oauth:token-type:id_token";
    targetAudience: string;
    targetClientId?: string;
    targetClientSecretRef?: {
      key: string;
      name: string;
    };
    targetResource?: string;
    targetTokenUrl: string;
  };
}
export interface MCPExternalAuthConfigStatus {
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
