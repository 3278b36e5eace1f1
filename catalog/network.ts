import { z } from "zod";
import { parseCidr } from "./cidr";
import { integer, map, oneOf } from "./field";
import { peer } from "./peer";
import { show } from "./problem";

const anyRange = z
  .string({ error: notRange })
  .refine((value) => parseCidr(value)?.text === value, { error: notRange });

function notRange({ input }: { readonly input?: unknown }): string {
  const range = typeof input === "string" ? parseCidr(input) : undefined;
  return range
    ? `${show(input)} is not in its shortest form; write ${show(range.text)}`
    : `${show(input)} is not a range; write address/prefix, like 10.0.0.1/32`;
}

const port = integer(
  { description: "Port.", expects: "a whole number from 1 to 65535", example: 6443 },
  1,
  65535,
);

const apiServer = z
  .array(
    map(
      {
        description: "An address of the API server.",
        example: { cidr: "10.0.0.1/32", port: 6443 },
      },
      { cidr: anyRange, port },
    ),
    { error: ({ input }) => `${show(input)} does not fit; write a list of { cidr, port }` },
  )
  .min(1, { error: "[] has no address; write one, or remove the key to ask the cluster" })
  .optional()
  .meta({
    description:
      "Where the API server answers, as pods reach it; asked of the cluster when absent, which needs one.",
    examples: [[{ cidr: "10.0.0.1/32", port: 6443 }]],
  });

const dns = map(
  {
    description: "Who answers DNS queries.",
    example: { namespace: "kube-system", pods: { "k8s-app": "kube-dns" } },
  },
  {
    namespace: peer.namespace.default("kube-system"),
    pods: peer.pods.default({ "k8s-app": "kube-dns" }),
    addresses: z
      .array(anyRange, { error: ({ input }) => `${show(input)} does not fit; write ranges` })
      .default([])
      .meta({
        description: "Addresses besides those pods: NodeLocal DNSCache, or a server outside.",
        examples: [["169.254.20.10/32"]],
      }),
  },
).prefault({});

/** Schema of the network of an environment. */
export const networkSettings = map(
  { description: "The network of the cluster.", example: { engine: "kubernetes" } },
  {
    engine: oneOf(
      {
        description:
          "What enforces the rules: kubernetes, plain NetworkPolicy, which knows no host names; cilium, with CiliumNetworkPolicy for names; cluster-network-policy, with ClusterNetworkPolicy (policy.networking.k8s.io/v1alpha2, experimental channel) for names.",
        example: "cilium",
      },
      ["kubernetes", "cilium", "cluster-network-policy"],
    ).default("kubernetes"),
    priority: integer(
      {
        description: "Priority of the ClusterNetworkPolicies in their tier Admin.",
        expects: "a whole number from 0 to 1000",
        example: 100,
      },
      0,
      1000,
    ).default(100),
    apiServer,
    dns,
    exclude: z
      .array(anyRange, { error: ({ input }) => `${show(input)} does not fit; write ranges` })
      .default([])
      .meta({
        description:
          "Ranges that egress: internet leaves out besides those that are not public: those of pods and Services, where they are public ones.",
        examples: [["34.118.224.0/20"]],
      }),
  },
).prefault({});

/** The network of an environment. */
export type NetworkSettings = Readonly<z.output<typeof networkSettings>>;
