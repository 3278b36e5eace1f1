import type { Sensitivity } from "./sensitivity";

interface Amounts {
  readonly cpu: string;
  readonly memory: string;
}

/** What a tier is where an environment does not say otherwise. */
export interface TierPreset {
  /** Whether entries may reach the whole public internet. */
  readonly openEgress: boolean;
  /** Whether every entry must have auth. */
  readonly auth: boolean;
  /** Whether images must be named by digest. */
  readonly digest: boolean;
  /** ResourceQuota of the namespace. */
  readonly quota: { readonly requests: Amounts; readonly limits: Amounts; readonly pods: number };
  /** LimitRange of the namespace. */
  readonly containers: {
    readonly max: Amounts;
    readonly limits: Amounts;
    readonly requests: Amounts;
  };
}

const containers = {
  max: { cpu: "4", memory: "8Gi" },
  limits: { cpu: "500m", memory: "512Mi" },
  requests: { cpu: "10m", memory: "64Mi" },
};

const large = {
  requests: { cpu: "20", memory: "64Gi" },
  limits: { cpu: "200", memory: "256Gi" },
  pods: 400,
};

const small = {
  requests: { cpu: "10", memory: "32Gi" },
  limits: { cpu: "100", memory: "128Gi" },
  pods: 200,
};

/** The four tiers where an environment does not say otherwise. */
export const presets: Readonly<Record<Sensitivity, TierPreset>> = {
  public: { openEgress: true, auth: false, digest: false, quota: large, containers },
  internal: { openEgress: true, auth: false, digest: false, quota: large, containers },
  confidential: { openEgress: false, auth: false, digest: true, quota: small, containers },
  restricted: { openEgress: false, auth: false, digest: true, quota: small, containers },
};
