import { z } from "zod";
import { map } from "./field";
import { peer } from "./peer";
import { show } from "./problem";

const client = map(
  {
    description: "Pods that may call the server through its proxy.",
    example: { namespace: "litellm" },
  },
  peer,
);

/** Schema of `clients`: who may connect to the proxy. */
export const clients = z
  .array(client, {
    error: ({ input }) =>
      `${show(input)} does not fit; write a list, like [{ namespace: litellm, pods: { app: litellm } }]`,
  })
  .default([])
  .meta({
    description: "Who may connect to the server's proxy; nobody when absent.",
    examples: [[{ namespace: "litellm", pods: { app: "litellm" } }]],
  });
