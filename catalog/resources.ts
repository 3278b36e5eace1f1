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

const cpu = quantity(
  {
    description: "Processor time, in cores.",
    expects: "cores as a quoted number, or thousandths of one with m, at least 1m",
    example: "100m",
  },
  // The API server refuses finer steps than a thousandth of a core.
  (amount) => amount > 0n && amount % (oneUnit / 1000n) === 0n,
);

const memory = quantity(
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

const shape = map(
  {
    description: "What the server's own container is given; its proxy is sized apart.",
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

type Shape = z.infer<typeof shape>;

const fits =
  (key: "cpu" | "memory") =>
  ({ requests, limits }: Shape): boolean => {
    const [request, limit] = [parseQuantity(requests[key]), parseQuantity(limits[key])];
    return request === undefined || limit === undefined || request <= limit;
  };

const unfit = (key: "cpu" | "memory") => ({
  path: ["requests", key],
  error: ({ input }: { readonly input?: unknown }): string => {
    const { requests, limits } = input as Shape;
    return `${show(requests[key])} is more than limits.${key}, ${show(limits[key])}; lower the request or raise the limit`;
  },
});

/** Schema of `resources`: what the server itself is given, which is not what its proxy is given. */
export const resources = shape
  .refine(fits("cpu"), unfit("cpu"))
  .refine(fits("memory"), unfit("memory"));
