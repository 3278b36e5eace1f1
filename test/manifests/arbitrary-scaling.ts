/** Random numbers of pods, and limits on how often they are called. */
import * as fc from "fast-check";

interface Scaled {
  readonly replicas?: number;
  readonly autoscaler?: { min?: number; max: number; cpu?: number; memory?: number };
}

const many: fc.Arbitrary<Scaled> = fc
  .record({
    kind: fc.constantFrom("none", "replicas", "autoscaler"),
    n: fc.integer({ min: 1, max: 9 }),
    more: fc.nat(9),
    cpu: fc.boolean(),
  })
  .map(({ kind, n, more, cpu }) => ({
    replicas: kind === "replicas" ? n : undefined,
    autoscaler:
      kind === "autoscaler" ? { min: n, max: n + more, ...(cpu && { cpu: 50 }) } : undefined,
  }));

const none = fc.constant<Scaled>({});

const one = fc.constantFrom<Scaled>({}, { replicas: 1 }, { autoscaler: { max: 1, memory: 80 } });

const parts = { none, one, many } as const;

/** Replicas and autoscalers of server and proxy, none of one that the other decides. */
export function scaling([server, proxy]: readonly [keyof typeof parts, keyof typeof parts]) {
  return fc.tuple(parts[server], parts[proxy]).map(([a, b]) => {
    const replicas = defined({ server: a.replicas, proxy: b.replicas });
    const autoscaling = defined({ server: a.autoscaler, proxy: b.autoscaler });
    return { replicas, autoscaling };
  });
}

/** A map without what is not there. */
export function defined<T extends object>(map: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

const bucket = fc.record({
  maxTokens: fc.integer({ min: 1, max: 2147483647 }),
  refillPeriod: fc.constantFrom("30s", "1h30m", "500ms"),
});

/** Rate limits; of users only where they are told apart, and of tools only that are published. */
export function rateLimits(auth: boolean, published: readonly string[]) {
  const buckets = auth
    ? fc.oneof(fc.record({ shared: bucket }), fc.record({ perUser: bucket, shared: bucket }))
    : fc.record({ shared: bucket });
  const [first] = published;
  return first === undefined
    ? buckets
    : fc.oneof(
        buckets,
        buckets.map((limits) => ({ tools: { [first]: limits } })),
      );
}
