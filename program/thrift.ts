import { Resource, log } from "@pulumi/pulumi";

/** Set it to see, with `pulumi up --debug`, what the Pulumi SDK says of each resource. */
const debugVariable = "MCP_FLEET_DEBUG";

/**
 * Leaves out two habits of the Pulumi SDK that cost a large fleet more than its resources do
 * (docs/performance.md has the figures):
 * - Where in the sources each resource was made, with all callers and the paths of this machine: it is a fourth of the
 *   state, which is written twice for each step.
 * - Its own debug messages: three calls to the engine for each resource, one after the other, whether anybody
 *   has asked for them or not.
 */
export function beThrifty(): void {
  Object.defineProperty(Resource, "stackTrace", { value: () => [] });
  if (process.env[debugVariable] === undefined)
    Object.assign(log, { debug: () => Promise.resolve() });
}
