import type { Entry } from "../catalog";
import { proxyPort } from "./address";
import type { EntryInput } from "./entry-input";
import { entryLabels } from "./labels";
import { replicaFields } from "./autoscaling";

/** Name of the MCPOIDCConfig of a tier. */
export const oidcName = "oidc";

/** What MCPServer and MCPRemoteProxy say alike about the proxy (v1beta1). */
export function proxySpec({ entry, environment }: EntryInput) {
  const { requests, limits } = entry.proxy.resources;
  const { auth } = entry;
  const { redis } = environment;
  return {
    proxyPort,
    toolConfigRef: { name: entry.name },
    resources: { requests: { ...requests }, limits: { ...limits } },
    ...replicaFields(entry),
    ...(auth && {
      oidcConfigRef: {
        name: oidcName,
        audience: auth.audience,
        ...(auth.scopes && { scopes: [...auth.scopes] }),
      },
    }),
    ...(entry.sessionStorage === "redis" &&
      redis && {
        sessionStorage: {
          provider: "redis" as const,
          address: redis.address,
          ...(redis.password && {
            passwordRef: { name: redis.password.secret, key: redis.password.key },
          }),
        },
      }),
    resourceOverrides: { proxyDeployment: proxyDeployment(entry) },
  };
}

/** The operator passes no label of its object on: each pod is told apart. */
function proxyDeployment(entry: Entry) {
  const { annotations, placement: { nodeSelector, tolerations } = {} } = entry;
  return {
    labels: { ...entryLabels(entry) },
    podTemplateMetadataOverrides: {
      labels: { ...entryLabels(entry) },
      ...(annotations && { annotations: { ...annotations } }),
    },
    ...(nodeSelector && { nodeSelector: { ...nodeSelector } }),
    ...(tolerations && { tolerations: tolerations.map(toleration) }),
  };
}

/** A toleration (Pod, spec.tolerations); without a value any value is tolerated. */
export function toleration(taint: {
  readonly key: string;
  readonly value?: string;
  readonly effect?: string;
}) {
  const operator = taint.value === undefined ? ("Exists" as const) : ("Equal" as const);
  return { ...taint, operator };
}
