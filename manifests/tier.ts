import type {
  LimitRange,
  Namespace,
  ResourceQuota,
  ServiceAccount,
} from "kubernetes-types/core/v1";
import type { NetworkSettings, Settings, Tier } from "../catalog";
import { podSecurityLabels, takeBack, tierLabels } from "./labels";
import type { Manifest, Part } from "./manifest";
import { tierNetwork } from "./network";
import type { ApiServerAddress } from "./network";
import { oidcName } from "./proxy-spec";
import type { MCPOIDCConfig } from "./toolhive";

/** What a tier's objects are made from. */
export interface TierInput {
  /** The tier. */
  readonly tier: Tier;
  /** The network of the environment. */
  readonly network: NetworkSettings;
  /** The issuer of callers' tokens, where the environment names one. */
  readonly oidc?: Settings["oidc"];
  /** Where the API server answers. */
  readonly apiServer: readonly ApiServerAddress[];
  /** More labels of the namespace. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The objects of a tier: its namespace, the servers' ServiceAccount, what all its pods together and each
 * container may take, the denial of all traffic with what all pods of a kind may reach, and the issuer.
 */
export function renderTier(input: TierInput): readonly Part[] {
  const { tier, network, oidc, apiServer } = input;
  return [
    { role: "namespace", manifest: namespace(input) },
    { role: "service-account", manifest: serviceAccount(tier) },
    { role: "quota", manifest: quota(tier) },
    { role: "limits", manifest: limits(tier) },
    ...tierNetwork(network, apiServer, (name) => metadata(tier, name)),
    ...(oidc ? [{ role: "oidc", manifest: oidcConfig(tier, oidc) }] : []),
  ];
}

function namespace({ tier, labels }: TierInput): Namespace & Manifest {
  const { sensitivity, namespace: name, podSecurity } = tier;
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: { ...tierLabels(sensitivity), ...podSecurityLabels(podSecurity), ...labels },
      annotations: { ...takeBack },
    },
  };
}

function serviceAccount(tier: Tier): ServiceAccount & Manifest {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: metadata(tier, tier.serviceAccount),
    automountServiceAccountToken: false,
  };
}

function quota(tier: Tier): ResourceQuota & Manifest {
  const { requests, limits: most, pods } = tier.quota;
  return {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: metadata(tier, "quota"),
    spec: {
      hard: {
        "requests.cpu": requests.cpu,
        "requests.memory": requests.memory,
        "limits.cpu": most.cpu,
        "limits.memory": most.memory,
        pods: String(pods),
        // A tool is reached inside the cluster, through its proxy.
        "services.nodeports": "0",
        "services.loadbalancers": "0",
      },
    },
  };
}

function limits(tier: Tier): LimitRange & Manifest {
  const { max, limits: most, requests } = tier.containers;
  return {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: metadata(tier, "limits"),
    spec: {
      limits: [
        {
          type: "Container",
          max: { ...max },
          default: { ...most },
          defaultRequest: { ...requests },
        },
      ],
    },
  };
}

function oidcConfig(
  tier: Tier,
  { issuer, jwksUrl }: NonNullable<Settings["oidc"]>,
): MCPOIDCConfig & Manifest {
  return {
    apiVersion: "toolhive.stacklok.dev/v1beta1",
    kind: "MCPOIDCConfig",
    metadata: metadata(tier, oidcName),
    spec: {
      type: "inline",
      inline: { issuer, ...(jwksUrl !== undefined && { jwksUrl }) },
    },
  };
}

function metadata({ sensitivity, namespace }: Tier, name: string): Manifest["metadata"] {
  return { name, namespace, labels: { ...tierLabels(sensitivity) }, annotations: { ...takeBack } };
}
