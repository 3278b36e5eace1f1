import type { Namespace } from "kubernetes-types/core/v1";
import type { PlatformSettings } from "../catalog";
import { podSecurityLabels, takeBack } from "./labels";
import type { Part } from "./manifest";

const strictest = {
  enforce: "restricted",
  audit: "restricted",
  warn: "restricted",
  version: "latest",
} as const;

/** The namespace of the operator, which runs under the strictest Pod Security level. */
export function renderPlatform({ namespace }: PlatformSettings): readonly Part[] {
  const manifest = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: namespace,
      labels: { "app.kubernetes.io/managed-by": "mcp-fleet", ...podSecurityLabels(strictest) },
      annotations: { ...takeBack },
    },
  } satisfies Namespace;
  return [{ role: "namespace", manifest }];
}

interface EnvironmentVariable {
  readonly name: string;
  readonly [key: string]: unknown;
}

/**
 * Values of the operator's chart: the environment's own, with the calls to ToolHive's update server
 * switched off, in the operator and in every proxy, unless the environment says otherwise.
 * Source: ToolHive v0.48 cmd/thv-operator/controllers/mcpserver_runconfig.go.
 */
export function operatorValues({
  operator,
  images,
}: PlatformSettings): Readonly<Record<string, unknown>> {
  const own = operator.values as { readonly operator?: Readonly<Record<string, unknown>> };
  const env = (own.operator?.env ?? []) as readonly EnvironmentVariable[];
  const quiet = { name: "TOOLHIVE_SKIP_UPDATE_CHECK", value: "true" };
  const decided = env.some(({ name }) => name === quiet.name);
  const named = {
    ...(images.operator !== undefined && { image: images.operator }),
    ...(images.proxyrunner !== undefined && { toolhiveRunnerImage: images.proxyrunner }),
    ...(images.vmcp !== undefined && { vmcpImage: images.vmcp }),
  };
  return {
    ...own,
    operator: { ...own.operator, ...named, env: decided ? env : [...env, quiet] },
  };
}

/** Values of the CRDs' chart. */
export function crdValues({ crds }: PlatformSettings): Readonly<Record<string, unknown>> {
  return { crds: { install: true, keep: crds.keep } };
}
