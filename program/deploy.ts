import { Config, RunError, log, output, secret } from "@pulumi/pulumi";
import type { Input } from "@pulumi/pulumi";
import { CatalogueError, UnreadableError, cutText, loadCatalogue, sliceOf } from "../catalog";
import { McpFleet } from "../components";
import type { ServerSummary } from "../components";
import { stackRole } from "./config";
import { refuseToDelete } from "./guard";
import { platformOf } from "./slice";

/** What the program's stack gives out. */
export interface StackOutputs {
  /** Each server that this stack runs by the name of its entry: url, tier, namespace, owner. */
  readonly servers: Readonly<Record<string, ServerSummary>>;
  /** What the slices of the environment stand on; only of an environment that is cut into slices. */
  readonly platform?: Input<object>;
  /**
   * How the environment is cut; only where it is. All its servers are in the stacks of this cut, since whoever
   * changes it moves their state first.
   */
  readonly cut?: string;
  /** Values of Secrets of source `pulumi` for the slices, by name; only of an environment that is cut. */
  readonly secretValues?: Input<Readonly<Record<string, string>>>;
}

/** Reads the catalogue of an environment; whoever deploys several stacks of one reads it once. */
export type LoadCatalogue = typeof loadCatalogue;

/**
 * The program: deploys what the stack that the engine runs is to hold.
 * @param project Folder of the project.
 * @param load Reads the catalogue.
 * @throws {RunError} with every error of settings and catalogue, when there is one.
 */
export function deployStack(project: string, load: LoadCatalogue = loadCatalogue): StackOutputs {
  try {
    return deploy(project, load);
  } catch (error) {
    // The engine prints the message of a RunError alone: a stack would hide it.
    if (error instanceof CatalogueError || error instanceof UnreadableError)
      throw new RunError(`\n${error.message}`);
    throw error;
  }
}

function deploy(project: string, load: LoadCatalogue): StackOutputs {
  const { environment, settings, slice } = stackRole(project);
  const { slices, catalogue } = settings;
  // The environment's own stack has said them.
  const note = (text: string): void => void (slice ? undefined : log.warn(text));
  const entries = load(catalogue, settings, note);
  if (slices) refuseToDelete(environment, entries, slices);
  if (slice) {
    const runs = slices ? entries.filter((entry) => sliceOf(entry, slices) === slice.name) : [];
    const args = { settings, entries, runs, ...platformOf(environment) };
    const { apiServer, secretValues } = args;
    const { servers } = new McpFleet("fleet", { ...args, platform: { apiServer }, secretValues });
    return { servers };
  }
  const secretValues =
    new Config("mcp-fleet").getSecretObject<Record<string, string>>("secrets") ?? secret({});
  const runs = slices ? [] : entries;
  const { servers, apiServer } = new McpFleet("fleet", { settings, entries, runs, secretValues });
  // Apart, lest the engine take all that comes from the platform for a secret.
  if (!slices) return { servers };
  return { servers, cut: cutText(slices), platform: output({ apiServer }), secretValues };
}
