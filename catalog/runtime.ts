import { z } from "zod";
import { integer, oneOf, text, wrong } from "./field";
import { parseImage } from "./image";
import { show } from "./problem";

const imageWrong = wrong({
  description: "",
  expects: "an image reference as registry/path:tag or registry/path@sha256:digest",
  example: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2",
});

const image = z
  .string({ error: imageWrong })
  .refine((value) => parseImage(value) !== undefined, { error: imageWrong })
  .meta({
    description: "The container image of the server, by tag, digest or both.",
    examples: ["ghcr.io/stackloklabs/osv-mcp/server:0.1.2"],
  });

// A Service port in this range becomes a NodePort: ToolHive v0.48 pkg/container/kubernetes/client.go.
const nodePorts = { from: 30000, to: 32767 };

const port = integer(
  {
    description: "The TCP port that the server itself listens on; none for stdio.",
    expects: `a whole number from 1 to 65535, outside ${nodePorts.from}-${nodePorts.to}`,
    example: 8080,
  },
  1,
  65535,
).refine((value) => value < nodePorts.from || value > nodePorts.to, {
  error: ({ input }) =>
    `${show(input)} lies in the NodePort range, which ToolHive would open on every node; write a port outside ${nodePorts.from}-${nodePorts.to}, for example 8080`,
});

const argumentText = z.string({
  error: ({ input }) => `${show(input)} does not fit; write text, in quotes where it is a number`,
});

const args = z
  .array(argumentText, {
    error: ({ input }) => `${show(input)} does not fit; write a list of text, like ["--verbose"]`,
  })
  .optional()
  .meta({ description: "Arguments of the server's program.", examples: [["--verbose"]] });

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

const env = z
  .record(variableName, argumentText, {
    error: ({ input }) => `${show(input)} does not fit; write variables, like { LOG_LEVEL: info }`,
  })
  .optional()
  .meta({
    description:
      "Environment of the server. Nothing secret: the values stand in the cluster in the open.",
    examples: [{ LOG_LEVEL: "info" }],
  });

const writable = z
  .array(
    text(
      {
        description: "A folder.",
        expects: "an absolute path without . and .. parts",
        example: "/tmp",
      },
      /^\/(?!(?:.*\/)?\.{1,2}(?:\/|$))[\w.@-]+(?:\/[\w.@-]+)*$/,
      200,
    ),
    { error: ({ input }) => `${show(input)} does not fit; write a list of folders, like [/tmp]` },
  )
  .optional()
  .meta({
    description:
      "Folders that the server may write to; each is empty at start and lost with the pod. All else is read-only.",
    examples: [["/tmp"]],
  });

const transports = ["stdio", "streamable-http", "sse"] as const;

const transport = oneOf(
  {
    description:
      "How the server itself speaks MCP. Take streamable-http when the server offers it; stdio for one that only reads and writes its terminal, at one replica; sse is deprecated by MCP. http is taken as streamable-http.",
    example: "streamable-http",
  },
  [...transports, "http"],
  transports,
).transform((word) => (word === "http" ? "streamable-http" : word));

/** Fields that say what runs and how it is spoken to. */
export const runtime = {
  image,
  transport,
  port: port.optional(),
  args,
  env,
  writable,
};
