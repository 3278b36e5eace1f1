import { CatalogueError } from "../catalog";
// The folder's index loads the engine's library, which takes longer than all else.
import { hasKeyService, listStacks } from "../drive/stack-list";
import {
  engineFormats,
  noOptions,
  plainFormats,
  renderEngine,
  stackNames,
  stacksJson,
} from "../engines";
import type { Fleet, GivenOptions } from "../engines";
import { exitCode } from "./exit-code";

/** What `mcp-fleet stacks` prints. */
export const stackFormats = [...plainFormats, ...engineFormats] as const;

/** Options of `mcp-fleet stacks`; all others are the engine's. */
export interface StacksOptions {
  /** The environment. */
  readonly env: string;
  /** Folder that holds Pulumi.yaml. */
  readonly project: string;
  /** What is printed. */
  readonly format: (typeof stackFormats)[number];
  /** Write the files of slices that are missing or out of date. */
  readonly write?: boolean;
}

/**
 * `mcp-fleet stacks`: prints the stacks of an environment in order, or what an engine needs to run them; exit
 * code 1, and nothing printed but the reasons, when the files that an engine reads are not as they must be.
 */
export function stacks(options: StacksOptions & GivenOptions): void {
  const { env, project, format, write = false, ...given } = options;
  if (format === "names" || format === "json") noOptions(format, given);
  try {
    const fleet = listStacks(project, env, write);
    process.stdout.write(text(fleet, format, project, given));
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    // What is printed is read by programs, which would take the reasons for it.
    console.error(error.message);
    process.exitCode = exitCode.found;
  }
}

function text(
  fleet: Fleet,
  format: StacksOptions["format"],
  project: string,
  given: GivenOptions,
): string {
  switch (format) {
    case "names":
      return `${stackNames(fleet)}\n`;
    case "json":
      return `${stacksJson(fleet)}\n`;
    case "pko":
    case "github":
    case "gitlab":
      return renderEngine(format, fleet, given, {
        keyService: hasKeyService(project, fleet.environment),
      });
  }
}
