import type { Tier } from "../../catalog";
import { takeBack, tierLabels } from "../labels";
import type { Manifest, Part } from "../manifest";

/** Group, version and kind of an engine's policies. */
export interface PolicyKind {
  /** Group and version. */
  readonly apiVersion: string;
  /** Kind. */
  readonly kind: string;
}

/**
 * A policy of a tier. Policies belong to the cluster; the namespace is part of their names, so that two
 * fleets never share one.
 * @param what What it demands, or how it decides.
 * @param of Of which pods.
 */
export function policy(
  { sensitivity, namespace }: Tier,
  kind: PolicyKind,
  what: string,
  of: string,
  spec: object,
): Part {
  const manifest: Manifest = {
    ...kind,
    metadata: {
      name: `mcp-fleet.${namespace}.${what}.${of}`,
      labels: { ...tierLabels(sensitivity) },
      annotations: { ...takeBack },
    },
    spec,
  };
  return { role: `${what}-${of.replace(".", "-")}`, manifest };
}
