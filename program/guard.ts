import { RunError, StackReference, getOrganization, getProject, getStack } from "@pulumi/pulumi";
import { sliceOf, sliceStackName } from "../catalog";
import type { Entry, Slicing } from "../catalog";

/** Set by `mcp-fleet up` once it has moved the state of what is in another stack now. */
export const movedVariable = "MCP_FLEET_MOVED";

/**
 * Refuses to go on where an update of this stack alone would delete servers that another stack of the
 * environment is to run: their state must be moved first.
 */
export function refuseToDelete(
  environment: string,
  entries: readonly Entry[],
  slicing: Slicing,
): void {
  if (process.env[movedVariable] !== undefined) return;
  const own = getStack();
  const name = `${getOrganization()}/${getProject()}/${own}`;
  const before = new StackReference(`before-${own}`, { name }).getOutput("servers");
  before.apply((servers: unknown) => {
    const had = Object.keys(servers ?? {});
    const gone = entries.flatMap((entry) => {
      const stack = sliceStackName(environment, sliceOf(entry, slicing));
      return stack !== own && had.includes(entry.name) ? [`${entry.name} to ${stack}`] : [];
    });
    if (gone.length > 0)
      throw new RunError(
        `these have moved: ${gone.join(", ")}; to update this stack alone would delete them in the cluster. Run mcp-fleet up --env ${environment}, which moves their state first`,
      );
  });
}
