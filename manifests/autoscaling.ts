import type { HorizontalPodAutoscaler, MetricSpec } from "kubernetes-types/autoscaling/v2";
import type { Autoscaler, Entry } from "../catalog";
import type { EntryInput } from "./entry-input";
import type { Manifest, Part } from "./manifest";
import { entryMetadata } from "./metadata";

const targets = { server: "StatefulSet", proxy: "Deployment" } as const;

/** The autoscalers of an entry: of the proxy's Deployment and of the backend's StatefulSet. */
export function renderAutoscalers(input: EntryInput): readonly Part[] {
  const all: { readonly server?: Autoscaler; readonly proxy?: Autoscaler } =
    input.entry.autoscaling ?? {};
  return (["proxy", "server"] as const).flatMap((part) => {
    const bounds = all[part];
    return bounds
      ? [{ role: `${part}-autoscaler`, manifest: autoscaler(input, part, bounds) }]
      : [];
  });
}

function autoscaler(
  { entry, tier }: EntryInput,
  part: keyof typeof targets,
  { min, max, cpu, memory }: Autoscaler,
): HorizontalPodAutoscaler & Manifest {
  const aimed = cpu === undefined && memory === undefined ? 80 : cpu;
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: entryMetadata(entry, tier, `${entry.name}-${part}`),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: targets[part], name: entry.name },
      minReplicas: min,
      maxReplicas: max,
      metrics: [...utilization("cpu", aimed), ...utilization("memory", memory)],
    },
  };
}

function utilization(name: string, averageUtilization: number | undefined): MetricSpec[] {
  return averageUtilization === undefined
    ? []
    : [
        {
          type: "Resource",
          resource: { name, target: { type: "Utilization", averageUtilization } },
        },
      ];
}

/** Replicas of a ToolHive object where no autoscaler decides; absent fields leave them to it. */
export function replicaFields(entry: Entry): {
  readonly replicas?: number;
  readonly backendReplicas?: number;
} {
  const { proxy } = entry.replicas ?? {};
  const server = entry.kind === "Server" ? entry.replicas?.server : undefined;
  return {
    ...(proxy !== undefined && { replicas: proxy }),
    ...(server !== undefined && { backendReplicas: server }),
  };
}
