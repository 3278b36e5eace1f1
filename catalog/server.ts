import { z } from "zod";
import { integer, map, oneOf, text, wrong } from "./field";
import { parseImage } from "./image";
import { dnsLabel, maxServerName, reservedNames } from "./names";
import { resources } from "./resources";
import { sensitivities } from "./sensitivity";

const oneLine = /^\S(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*\S)?$/u;
const slug = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

const name = text(
  {
    description: "The server's name: unique in the catalogue, and part of its address.",
    expects: `a DNS label of at most ${maxServerName} characters: lower-case letters, digits and hyphens, a letter first`,
    example: "osv",
  },
  dnsLabel,
  maxServerName,
).refine((value) => !reservedNames.includes(value), {
  error: ({ input }) =>
    `"${String(input)}" is reserved, because ToolHive labels its own pods with it; write another name`,
});

const image = z
  .string({ error: (issue) => imageWrong(issue) })
  .refine((value) => parseImage(value) !== undefined, { error: (issue) => imageWrong(issue) })
  .meta({
    description: "The container image of the server, by tag or digest.",
    examples: ["ghcr.io/stackloklabs/osv-mcp/server:0.1.2"],
  });
const imageWrong = wrong({
  description: "",
  expects: "an image reference as registry/path:tag or registry/path@sha256:digest",
  example: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2",
});

// Kubernetes makes a NodePort of a port in this range: ToolHive v0.48 pkg/container/kubernetes/client.go.
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
    `${String(input)} lies in the NodePort range, which ToolHive would open on every node; write a port outside ${nodePorts.from}-${nodePorts.to}, for example 8080`,
});

/** The fields of a `kind: Server` entry, before rules that look at several of them. */
const serverFields = map(
  {
    description: "One MCP server that runs an image.",
    example: { kind: "Server", name: "osv" },
  },
  {
    kind: oneOf({ description: "What the entry is.", example: "Server" }, ["Server"]),
    name,
    title: text(
      {
        description: "What people call it.",
        expects: "one line of at most 80 characters",
        example: "OSV vulnerability lookup",
      },
      oneLine,
      80,
    ),
    description: text(
      {
        description: "What it does, for those who choose a tool.",
        expects: "one line of at most 500 characters",
        example: "Looks up known vulnerabilities of a package or commit.",
      },
      oneLine,
      500,
    ),
    owner: map(
      {
        description: "Who answers for it.",
        example: { team: "security-platform", contact: "#sec-platform" },
      },
      {
        team: text(
          {
            description: "The team; becomes a label.",
            expects: "lower-case letters, digits and hyphens, at most 63",
            example: "security-platform",
          },
          slug,
          63,
        ),
        contact: text(
          {
            description: "How to reach the team.",
            expects: "one line of at most 200 characters",
            example: "#sec-platform",
          },
          oneLine,
          200,
        ),
      },
    ),
    category: text(
      {
        description: "What kind of tool it is; becomes a label.",
        expects: "lower-case letters, digits and hyphens, at most 63",
        example: "security",
      },
      slug,
      63,
    ),
    costClass: oneOf({ description: "What a call costs, roughly.", example: "low" }, [
      "free",
      "low",
      "medium",
      "high",
    ]),
    sensitivity: oneOf(
      { description: "How sensitive what it can reach is; decides the tier.", example: "internal" },
      sensitivities,
    ),
    image,
    transport: oneOf(
      { description: "How the server itself speaks MCP.", example: "streamable-http" },
      ["stdio", "streamable-http", "sse"],
    ),
    port: port.optional(),
    resources,
  },
);

function portIsFine(value: unknown): boolean {
  return serverFields.shape.port.safeParse(value).success;
}

/** Schema of a `kind: Server` entry: one MCP server that runs an image. */
export const serverEntry = serverFields.refine(
  ({ transport, port }) => (transport === "stdio") === (port === undefined),
  {
    path: ["port"],
    // Looked at even when other fields are wrong, so that one run shows every error.
    when: ({ value }) => {
      const { transport, port } = value as Readonly<Record<string, unknown>>;
      return serverFields.shape.transport.safeParse(transport).success && portIsFine(port);
    },
    error: ({ input }) => {
      const { port } = input as { readonly port?: number };
      return port === undefined
        ? "is missing; write the port that the server listens on, for example 8080"
        : `${String(port)} has no meaning with transport stdio, which listens on no port; remove it`;
    },
  },
);

/** A `kind: Server` entry: one MCP server that runs an image. */
export type ServerEntry = Readonly<z.infer<typeof serverEntry>>;
