import { z } from "zod";
import { clients } from "./clients";
import { cidr } from "./egress";
import { map, oneOf, text, wrong } from "./field";
import { hostProblem } from "./host";
import { identity } from "./identity";
import { aliases, lifecycle } from "./lifecycle";
import { maxRemoteName } from "./names";
import { objectName } from "./patterns";
import { pods } from "./pods";
import { show } from "./problem";
import { auth } from "./auth";
import { remoteAutoscaling, remoteProxy, remoteReplicas, sessionStorage } from "./scaling";
import { remoteSecrets } from "./secrets";
import { tools } from "./tools";

const urlDoc = {
  description: "Address of the vendor's MCP endpoint; https, and nothing secret in it.",
  expects: "an https URL",
  example: "https://mcp.linear.app/mcp",
};

const url = z
  .string({ error: wrong(urlDoc) })
  .superRefine((value, context) => {
    const message = urlProblem(value);
    if (message !== undefined)
      context.addIssue({ code: "custom", input: value, message: `${show(value)} ${message}` });
  })
  .meta({ description: urlDoc.description, examples: [urlDoc.example] });

/** Why a text is not the address of a remote; undefined when it is one. */
function urlProblem(value: string): string | undefined {
  if (!URL.canParse(value) || !/^https?:\/\//.test(value))
    return `is no URL; write one like ${urlDoc.example}`;
  const parsed = new URL(value);
  // Go and JavaScript read odd URLs differently, and the rule must be for the host that is called.
  const odd = value.length > 500 || !/^[!-~]+$/.test(value) || /[\\*]/.test(value);
  if (odd || parsed.port === "0")
    return "has characters or a port that no vendor's address has; write it in plain ASCII";
  if (parsed.protocol !== "https:") return "is not encrypted; write https";
  if (parsed.username !== "" || parsed.password !== "")
    return "holds a user or password; write them as a header from a Secret";
  if (parsed.search !== "")
    return "has a query, which ends in logs and may hold a token; write what it says as a header";
  if (parsed.hash !== "") return "has a fragment, which is never sent; remove it";
  if (!new RegExp(`^https://${escaped(parsed.hostname)}(?:[:/]|$)`).test(value))
    return `has its host written in an unusual way; write https://${parsed.hostname}/…`;
  const [problem] = hostProblem(parsed.hostname.replace(/^\[|\]$/g, ""))?.split(";") ?? [];
  return problem && `has a host that ${problem}; write a public one like mcp.linear.app`;
}

function escaped(text: string): string {
  return text.replace(/[.[\]]/g, "\\$&");
}

const fromSecret = map(
  { description: "A value from a Secret of `secrets`.", example: { secret: "linear", key: "key" } },
  {
    secret: text(
      { description: "The Secret.", expects: "a name of secrets", example: "linear" },
      objectName,
      200,
    ),
    key: text(
      { description: "Its key.", expects: "a key of the Secret", example: "authorization" },
      /^[A-Za-z0-9._-]+$/,
      253,
    ),
  },
);

const headerValue = z.union([z.string().regex(/^[\x20-\x7e]{1,1000}$/), fromSecret], {
  error: ({ input }) =>
    `${show(input)} does not fit; write text of one line, or { secret: linear, key: authorization }`,
});

// ToolHive v0.48 refuses them at start: pkg/transport/middleware, RestrictedHeaders.
const ownHeaders =
  /^(?:host|connection|keep-alive|te|trailer|upgrade|transfer-encoding|content-length|proxy-.*|x-forwarded-.*|forwarded|x-real-ip)$/i;

const headers = z
  .record(
    // RFC 9110, section 5.1: a field name is a token.
    z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, {
        error: ({ input }) => `${show(input)} is not the name of a header`,
      })
      .refine((name) => !ownHeaders.test(name), {
        error: ({ input }) => `${show(input)} is the proxy's own to set; remove it`,
      }),
    headerValue,
    {
      error: ({ input }) =>
        `${show(input)} does not fit; write headers, like { Authorization: { secret: linear, key: authorization } }`,
    },
  )
  .optional()
  .meta({
    description:
      "Headers that the proxy adds to every request; what is secret by reference to one of `secrets`.",
    examples: [{ Authorization: { secret: "linear", key: "authorization" } }],
  });

/** Schema of a `kind: Remote` entry: a vendor's hosted MCP endpoint behind a proxy. */
export const remoteEntry = map(
  {
    description: "A vendor's hosted MCP endpoint behind a proxy.",
    example: { kind: "Remote", name: "linear" },
  },
  {
    kind: oneOf({ description: "What the entry is.", example: "Remote" }, ["Remote"]),
    ...identity(maxRemoteName),
    url,
    transport: oneOf(
      {
        description:
          "How the endpoint speaks MCP. sse is deprecated by MCP. http is taken as streamable-http.",
        example: "streamable-http",
      },
      ["streamable-http", "sse", "http"],
      ["streamable-http", "sse"],
    ).transform((word) => (word === "http" ? "streamable-http" : word)),
    addresses: z
      .array(cidr, {
        error: wrong({ description: "", expects: "ranges", example: ["192.0.2.0/24"] }),
      })
      .min(1, { error: "[] has no address; write one, or remove it" })
      .optional()
      .meta({
        description:
          "Ranges in which the vendor says the endpoint answers, for a network engine that knows no host names.",
        examples: [["203.0.113.0/24"]],
      }),
    headers,
    secrets: remoteSecrets,
    clients,
    tools,
    proxy: remoteProxy,
    replicas: remoteReplicas,
    autoscaling: remoteAutoscaling,
    sessionStorage,
    auth,
    ...pods,
    lifecycle,
    aliases: aliases(maxRemoteName),
  },
);

/** A `kind: Remote` entry: a vendor's hosted MCP endpoint behind a proxy. */
export type RemoteEntry = Readonly<z.infer<typeof remoteEntry>>;
