import { z } from "zod";
import { show } from "./problem";

// ToolHive sets these itself, whatever an entry says: v0.48 pkg/runtime/setup.go.
const toolhiveVariables = ["MCP_TRANSPORT", "MCP_PORT", "FASTMCP_PORT", "MCP_HOST"];

const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
    error: ({ input }) =>
      `${show(input)} is not a variable's name; write letters, digits and _, no digit first`,
  })
  .refine((name) => !toolhiveVariables.includes(name), {
    error: ({ input }) =>
      `${show(input)} is set by ToolHive, which would overwrite it; remove it, and say it by args if the server lets you`,
  });

/** Variables of the server's environment by name. */
export function variables<T extends z.ZodType>(value: T) {
  return z.record(variableName, value, {
    error: ({ input }) => `${show(input)} does not fit; write variables, like { LOG_LEVEL: info }`,
  });
}
