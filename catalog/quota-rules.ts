import type { Entry } from "./entry";
import { formatQuantity, parseQuantity } from "./quantity";
import type { Resources } from "./resources";
import type { Tier } from "./tier";

/** What a tier's entries ask for, in billionths of each unit. */
interface Sum {
  readonly requests: { readonly cpu: bigint; readonly memory: bigint };
  readonly limits: { readonly cpu: bigint; readonly memory: bigint };
  readonly pods: number;
}

/** A quota that is too small. */
export interface QuotaFinding {
  /** Path of the setting, from the tier's name on. */
  readonly path: readonly string[];
  /** What is wrong and what to write instead. */
  readonly message: string;
}

const nothing: Sum = {
  requests: { cpu: 0n, memory: 0n },
  limits: { cpu: 0n, memory: 0n },
  pods: 0,
};

/**
 * Whether a tier's entries fit in its quota: every server and proxy at its most replicas, and one proxy
 * more, because a Deployment starts the new pod before it ends the old one (apps/v1, maxSurge).
 */
export function quotaFindings(entries: readonly Entry[], tier: Tier): readonly QuotaFinding[] {
  if (entries.length === 0) return [];
  const asked = entries.map(need).reduce(add, nothing);
  const surge = entries
    .map(({ proxy }) => times(proxy.resources, 1))
    .reduce((a, b) => (b.limits.memory > a.limits.memory ? b : a), nothing);
  const all = add(asked, surge);
  const { quota } = tier;
  const found = (["requests", "limits"] as const).flatMap((kind) =>
    (["cpu", "memory"] as const).flatMap((unit) => {
      const has = parseQuantity(quota[kind][unit]) ?? 0n;
      const needs = all[kind][unit];
      return has < needs
        ? [tooSmall(["quota", kind, unit], quota[kind][unit], formatQuantity(needs, unit))]
        : [];
    }),
  );
  return quota.pods < all.pods
    ? [...found, tooSmall(["quota", "pods"], String(quota.pods), String(all.pods))]
    : found;
}

function tooSmall(path: readonly string[], has: string, needs: string): QuotaFinding {
  return {
    path,
    message: `${has} is less than the ${needs} that the tier's entries need, proxies and one more for rollouts counted; write at least ${needs}, or take entries out`,
  };
}

/** What an entry needs at its most replicas. */
function need(entry: Entry): Sum {
  const most = (scaler?: { readonly max: number }, replicas = 1): number => scaler?.max ?? replicas;
  const proxy = times(entry.proxy.resources, most(entry.autoscaling?.proxy, entry.replicas?.proxy));
  if (entry.kind === "Remote") return proxy;
  const count = most(entry.autoscaling?.server, entry.replicas?.server);
  return add(proxy, times(entry.resources, count));
}

function times({ requests, limits }: Resources, count: number): Sum {
  const all = ({ cpu, memory }: Resources["limits"]): Sum["limits"] => ({
    cpu: (parseQuantity(cpu) ?? 0n) * BigInt(count),
    memory: (parseQuantity(memory) ?? 0n) * BigInt(count),
  });
  return { requests: all(requests), limits: all(limits), pods: count };
}

function add(a: Sum, b: Sum): Sum {
  const both = (x: Sum["limits"], y: Sum["limits"]): Sum["limits"] => ({
    cpu: x.cpu + y.cpu,
    memory: x.memory + y.memory,
  });
  return {
    requests: both(a.requests, b.requests),
    limits: both(a.limits, b.limits),
    pods: a.pods + b.pods,
  };
}
