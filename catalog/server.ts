import type { z } from "zod";
import { clients } from "./clients";
import { egress } from "./egress";
import { map, oneOf } from "./field";
import { identity } from "./identity";
import { resources } from "./resources";
import { runtime } from "./runtime";
import { tools } from "./tools";

/** The fields of a `kind: Server` entry, before rules that look at several of them. */
const fields = map(
  { description: "One MCP server that runs an image.", example: { kind: "Server", name: "osv" } },
  {
    kind: oneOf({ description: "What the entry is.", example: "Server" }, ["Server"]),
    ...identity,
    ...runtime,
    egress,
    clients,
    tools,
    resources,
  },
);

const { transport, port } = fields.shape;

/** Schema of a `kind: Server` entry: one MCP server that runs an image. */
export const serverEntry = fields.refine(
  (entry) => (entry.transport === "stdio") === (entry.port === undefined),
  {
    path: ["port"],
    // Looked at even when other fields are wrong, so that one run shows every error.
    when: ({ value }) => {
      const entry = value as Readonly<Record<string, unknown>>;
      return transport.safeParse(entry.transport).success && port.safeParse(entry.port).success;
    },
    error: ({ input }) => {
      const entry = input as { readonly port?: number };
      return entry.port === undefined
        ? "is missing; write the port that the server listens on, for example 8080"
        : `${String(entry.port)} has no meaning with transport stdio, which listens on no port; remove it`;
    },
  },
);

/** A `kind: Server` entry: one MCP server that runs an image. */
export type ServerEntry = Readonly<z.infer<typeof serverEntry>>;
