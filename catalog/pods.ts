import { z } from "zod";
import { map, oneOf, text, wrong } from "./field";
import { labelKey, labelValue, objectName } from "./patterns";
import { show } from "./problem";
import { signature } from "./signature";

/*
 * Keys by which network plugins, meshes and clouds change what a pod may reach or whom it is taken for, which
 * only the fields of an entry may; prefixes of their labels and annotations.
 */
const powers =
  /^(?:k8s\.v1\.cni\.cncf\.io|v1\.multus-cni\.io|(?:[a-z0-9.-]+\.)?(?:cilium\.io|projectcalico\.org|istio\.io|linkerd\.io|hashicorp\.com|amazonaws\.com|azure\.com|gke\.io)|azure\.workload\.identity)\//;

/*
 * Keys by which Kubernetes, ToolHive and this project find their own objects: a pod that carried another
 * entry's would be taken for it, by a Service or by a network rule.
 */
const reserved =
  /^(?:app$|toolhive(?:$|-)|(?:[a-z0-9.-]+\.)?(?:kubernetes\.io|k8s\.io|stacklok\.dev|stacklok\.io|mcp-fleet\.dev|pulumi\.com)\/|statefulset\.|controller-revision-hash$|pod-template-hash$)/;

const freeKey = z
  .string()
  .regex(labelKey, { error: ({ input }) => `${show(input)} is not a label's key` })
  .refine((key) => !powers.test(key), {
    error: ({ input }) =>
      `${show(input)} belongs to a network plugin, mesh or cloud, which would change what the pod may; remove it`,
  })
  .refine((key) => !reserved.test(key), {
    error: ({ input }) =>
      `${show(input)} is reserved: pods are found by it; write a key of your own, like example.com/team`,
  });

/** Schema of `labels`: more labels of all objects and pods of an entry. */
export const labels = z
  .record(freeKey, z.string({ error: badValue }).regex(labelValue, { error: badValue }), {
    error: ({ input }) => `${show(input)} does not fit; write labels, like { team: search }`,
  })
  .optional()
  .meta({
    description:
      "More labels of the entry's object and of its pods, besides owner, category, cost class and sensitivity.",
    examples: [{ "example.com/cost-center": "4711" }],
  });

function badValue({ input }: { readonly input?: unknown }): string {
  return `${show(input)} is not a label's value; write at most 63 letters, digits, -, _ or .`;
}

/** Schema of `annotations`: more annotations of all objects and pods of an entry. */
export const annotations = z
  .record(freeKey, z.string({ error: ({ input }) => `${show(input)} is no text; quote it` }), {
    error: ({ input }) => `${show(input)} does not fit; write annotations, like { note: text }`,
  })
  .optional()
  .meta({
    description: "More annotations of the entry's object and of its pods.",
    examples: [{ "example.com/runbook": "https://wiki.example.com/osv" }],
  });

const object = (description: string, example: string) =>
  text({ description, expects: "the name of an object", example }, objectName, 253);

const toleration = map(
  {
    description: "A taint of nodes that is tolerated (Pod, spec.tolerations).",
    example: { key: "pool", value: "tools", effect: "NoSchedule" },
  },
  {
    key: text(
      { description: "Key of the taint.", expects: "the key of a taint", example: "pool" },
      labelKey,
      317,
    ),
    value: z
      .string({ error: badValue })
      .regex(labelValue, { error: badValue })
      .optional()
      .meta({ description: "Value of the taint; any when absent.", examples: ["tools"] }),
    effect: oneOf({ description: "Effect of the taint; any when absent.", example: "NoSchedule" }, [
      "NoSchedule",
      "PreferNoSchedule",
      "NoExecute",
    ]).optional(),
  },
);

/** Schema of `placement`: nodes on which the pods may run. */
export const placement = map(
  {
    description: "On which nodes the server and its proxy may run.",
    example: { nodeSelector: { pool: "tools" } },
  },
  {
    nodeSelector: z
      .record(
        z.string().regex(labelKey, { error: ({ input }) => `${show(input)} is not a label's key` }),
        z.string({ error: badValue }).regex(labelValue, { error: badValue }),
        { error: ({ input }) => `${show(input)} does not fit; write labels of nodes` },
      )
      .optional()
      .meta({ description: "Labels that a node must have.", examples: [{ pool: "tools" }] }),
    tolerations: z
      .array(toleration, {
        error: wrong({
          description: "",
          expects: "a list of tolerations",
          example: [{ key: "pool", value: "tools" }],
        }),
      })
      .optional()
      .meta({
        description: "Taints that are tolerated.",
        examples: [[{ key: "pool", value: "tools", effect: "NoSchedule" }]],
      }),
  },
).optional();

/** Nodes on which pods may run. */
export type Placement = Readonly<NonNullable<z.output<typeof placement>>>;

/** Fields about the pods of every kind of entry. */
export const pods = { labels, annotations, placement };

/** Fields about the server's own pod and image; ToolHive lets none of them be set on its proxy. */
export const serverPods = {
  signature: signature.optional().meta({
    description: "Who must have signed this entry's image, in place of what its tier says.",
  }),
  priorityClass: object("PriorityClass of the server's pods.", "mcp-high").optional(),
  runtimeClass: object(
    "RuntimeClass of the server's pods, such as one of gVisor; the tier's when absent.",
    "gvisor",
  ).optional(),
  imagePullSecrets: z
    .array(object("A Secret of type kubernetes.io/dockerconfigjson.", "registry"), {
      error: wrong({ description: "", expects: "a list of Secrets", example: ["registry"] }),
    })
    .optional()
    .meta({
      description: "Secrets of the tier's namespace with which the image is pulled.",
      examples: [["registry"]],
    }),
};
