import { z } from "zod";
import { integer, oneOf, wrong } from "./field";
import { parseImage } from "./image";
import { show } from "./problem";
import { variables } from "./variables";
import { volumes, writable } from "./volumes";
import { secrets } from "./secrets";

const imageWrong = wrong({
  description: "",
  expects: "an image reference as registry/path:tag or registry/path@sha256:digest",
  example: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2",
});

/** Schema of an image reference. */
export const image = z
  .string({ error: imageWrong })
  .refine((value) => parseImage(value) !== undefined, { error: imageWrong })
  .meta({
    description: "The container image of the server, by tag, digest or both.",
    examples: ["ghcr.io/stackloklabs/osv-mcp/server:0.1.2"],
  });

/** A Service port in this range becomes a NodePort: ToolHive v0.48 pkg/container/kubernetes/client.go. */
export const nodePorts = { from: 30000, to: 32767 };

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

const env = variables(argumentText)
  .optional()
  .meta({
    description:
      "Environment of the server. Nothing secret: the values stand in the cluster in the open.",
    examples: [{ LOG_LEVEL: "info" }],
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
  secrets,
  volumes,
  writable,
};
