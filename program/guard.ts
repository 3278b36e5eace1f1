import {
  RunError,
  StackReference,
  all,
  getOrganization,
  getProject,
  getStack,
} from "@pulumi/pulumi";
import { cutText, sliceOf, sliceStackName } from "../catalog";
import type { Entry, Slicing } from "../catalog";

/** Set by `mcp-fleet up` once it has moved the state of what is in another stack now. */
export const movedVariable = "MCP_FLEET_MOVED";

/**
 * Refuses to go on where an update of this stack alone would delete servers that another stack of the
 * environment is to run, or would say that the environment is cut as its settings are: the state must be moved first.
 */
export function refuseToDelete(
  environment: string,
  entries: readonly Entry[],
  slicing: Slicing,
): void {
  if (process.env[movedVariable] !== undefined) return;
  const own = getStack();
  const name = `${getOrganization()}/${getProject()}/${own}`;
  const before = new StackReference(`before-${own}`, { name });
  const instead = `Run mcp-fleet up --env ${environment}, which moves their state first`;
  all([before.getOutput("servers"), before.getOutput("cut")]).apply(([servers, last]) => {
    const had = Object.keys((servers ?? {}) as object);
    const gone = entries.flatMap((entry) => {
      const stack = sliceStackName(environment, sliceOf(entry, slicing));
      return stack !== own && had.includes(entry.name) ? [`${entry.name} to ${stack}`] : [];
    });
    if (gone.length > 0)
      throw new RunError(
        `these have moved: ${gone.join(", ")}; to update this stack alone would delete them in the cluster. ${instead}`,
      );
    const now = cutText(slicing);
    if (last !== undefined && last !== now)
      throw new RunError(
        `${environment} was cut by ${String(last)} and is to be by ${now}: servers are in other stacks now. ${instead}`,
      );
  });
}
