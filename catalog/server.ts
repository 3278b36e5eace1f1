import type { z } from "zod";
import { clients } from "./clients";
import { egress } from "./egress";
import { map, oneOf } from "./field";
import { identity } from "./identity";
import { aliases, lifecycle } from "./lifecycle";
import { maxServerName } from "./names";
import { pods, serverPods } from "./pods";
import { resources } from "./resources";
import { runtime } from "./runtime";
import { rateLimits } from "./rate-limits";
import { autoscaling, proxy, replicas, sessionStorage } from "./scaling";
import { auth } from "./auth";
import { tools } from "./tools";

/** Schema of a `kind: Server` entry: one MCP server that runs an image. */
export const serverEntry = map(
  { description: "One MCP server that runs an image.", example: { kind: "Server", name: "osv" } },
  {
    kind: oneOf({ description: "What the entry is.", example: "Server" }, ["Server"]),
    ...identity(maxServerName),
    ...runtime,
    egress,
    clients,
    tools,
    resources,
    proxy,
    replicas,
    autoscaling,
    rateLimits,
    sessionStorage,
    auth,
    ...pods,
    ...serverPods,
    lifecycle,
    aliases: aliases(maxServerName),
  },
);

/** A `kind: Server` entry: one MCP server that runs an image. */
export type ServerEntry = Readonly<z.infer<typeof serverEntry>>;
