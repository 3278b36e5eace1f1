import { z } from "zod";
import { map, text } from "./field";
import { show } from "./problem";

// MCP 2025-11-25, server/tools, "Tool Names": letters, digits, _ - . and /, up to 128 characters.
const toolName = text(
  {
    description: "A tool's name, as the server tells it.",
    expects: "a tool's name: letters, digits, _ - . and /, at most 128",
    example: "query_vulnerability",
  },
  /^[A-Za-z0-9_./-]+$/,
  128,
);

/** Schema of `tools`: what clients can see. */
export const tools = map(
  {
    description: "Which of the server's tools clients can see; none when absent.",
    example: { publish: ["query_vulnerability"] },
  },
  {
    publish: z
      .array(toolName, {
        error: ({ input }) => `${show(input)} does not fit; write a list of the tools' names`,
      })
      .refine((names) => new Set(names).size === names.length, {
        error: ({ input }) => {
          const names = input as readonly string[];
          const twice = names.find((name, i) => names.indexOf(name) !== i);
          return `${show(twice)} stands twice; keep it once`;
        },
      })
      .default([])
      .meta({
        description: "Names of the tools; no other tool can be seen or called.",
        examples: [["query_vulnerability"]],
      }),
  },
).prefault({});
