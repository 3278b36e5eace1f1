import { z } from "zod";
import { text } from "./field";
import { labelKey, labelValue, namespaceName } from "./patterns";
import { show } from "./problem";

/** Namespace and, if they are given, labels of pods: how a peer inside the cluster is named. */
export const peer = {
  namespace: text(
    {
      description: "Namespace of the pods.",
      expects: "a namespace's name",
      example: "litellm",
    },
    namespaceName,
    63,
  ),
  pods: z
    .record(
      z.string().regex(labelKey, { error: ({ input }) => `${show(input)} is not a label's key` }),
      z.string({ error: labelValueWrong }).regex(labelValue, { error: labelValueWrong }),
      { error: ({ input }) => `${show(input)} does not fit; write labels, like { app: litellm }` },
    )
    .refine((labels) => Object.keys(labels).length > 0, {
      error: "{} selects every pod; write labels, or leave pods away to mean every pod",
    })
    .optional()
    .meta({
      description: "Labels of the pods; all pods when absent.",
      examples: [{ app: "litellm" }],
    }),
};

function labelValueWrong({ input }: { readonly input?: unknown }): string {
  return `${show(input)} is not a label's value; write at most 63 letters, digits, -, _ or .`;
}
