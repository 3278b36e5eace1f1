import { z } from "zod";
import { map, wrong } from "./field";
import { show } from "./problem";
import { oneUnit, parseQuantity } from "./quantity";

function quantity(doc: Parameters<typeof wrong>[0], accept: (billionths: bigint) => boolean) {
  const error = wrong(doc);
  return z
    .string({ error })
    .refine(
      (value) => {
        const amount = parseQuantity(value);
        return amount !== undefined && accept(amount);
      },
      { error },
    )
    .meta({ description: doc.description, examples: [doc.example] });
}

/** Schema of an amount of processor time. */
export const cpu = quantity(
  {
    description: "Processor time, in cores.",
    expects: "cores as a quoted number, or thousandths of one with m, at least 1m",
    example: "100m",
  },
  // The API server refuses finer steps than a thousandth of a core.
  (amount) => amount > 0n && amount % (oneUnit / 1000n) === 0n,
);

/** Schema of an amount of memory or disk. */
export const memory = quantity(
  {
    description: "Memory, in bytes.",
    expects: "bytes with Ki, Mi or Gi (m would mean thousandths of a byte)",
    example: "128Mi",
  },
  (amount) => amount > 0n && amount % oneUnit === 0n,
);

function amounts(description: string, example: { cpu: string; memory: string }) {
  return map({ description, example }, { cpu, memory });
}

function shape(description: string) {
  return map(
    {
      description,
      example: {
        requests: { cpu: "50m", memory: "64Mi" },
        limits: { cpu: "100m", memory: "128Mi" },
      },
    },
    {
      requests: amounts("What the scheduler reserves.", { cpu: "50m", memory: "64Mi" }),
      limits: amounts("What it may use at most.", { cpu: "100m", memory: "128Mi" }),
    },
  );
}

/** What a container is given. */
export type Resources = Readonly<z.infer<ReturnType<typeof shape>>>;

const fits =
  (key: "cpu" | "memory") =>
  ({ requests, limits }: Resources): boolean => {
    const [request, limit] = [parseQuantity(requests[key]), parseQuantity(limits[key])];
    return request === undefined || limit === undefined || request <= limit;
  };

const unfit = (key: "cpu" | "memory") => ({
  path: ["requests", key],
  error: ({ input }: { readonly input?: unknown }): string => {
    const { requests, limits } = input as Resources;
    return `${show(requests[key])} is more than limits.${key}, ${show(limits[key])}; lower the request or raise the limit`;
  },
});

function container(description: string) {
  return shape(description)
    .refine(fits("cpu"), unfit("cpu"))
    .refine(fits("memory"), unfit("memory"));
}

/** Schema of `resources`: what the server itself is given, which is not what its proxy is given. */
export const resources = container(
  "What the server's own container is given; its proxy is sized apart.",
);

/** Schema of `proxy.resources`: what ToolHive's proxy in front of the server is given. */
export const proxyResources = container(
  "What the proxy's container is given; it moves messages and needs little.",
).default({
  requests: { cpu: "10m", memory: "64Mi" },
  limits: { cpu: "500m", memory: "256Mi" },
});
