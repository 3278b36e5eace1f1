import { Config, RunError, log, output, secret } from "@pulumi/pulumi";
import { CatalogueError, UnreadableError, loadCatalogue, sliceOf } from "./catalog";
import { McpFleet } from "./components";
import { refuseToDelete } from "./program/guard";
import { platformOf } from "./program/slice";
import { stackRole } from "./program/config";

function deploy() {
  const { environment, settings, slice } = stackRole(__dirname);
  const { slices, catalogue } = settings;
  // The environment's own stack has said them.
  const note = (text: string): void => void (slice ? undefined : log.warn(text));
  const entries = loadCatalogue(catalogue, settings, note);
  if (slices) refuseToDelete(environment, entries, slices);
  if (slice) {
    const runs = slices ? entries.filter((entry) => sliceOf(entry, slices) === slice.name) : [];
    const { secretValues, ...platform } = platformOf(environment);
    const args = { settings, entries, runs, platform, secretValues };
    const { servers } = new McpFleet("fleet", args);
    return { servers };
  }
  const secretValues =
    new Config("mcp-fleet").getSecretObject<Record<string, string>>("secrets") ?? secret({});
  const runs = slices ? [] : entries;
  const { servers, apiServer } = new McpFleet("fleet", { settings, entries, runs, secretValues });
  return { servers, platform: slices && output({ apiServer, secretValues }) };
}

function deployOrSay() {
  try {
    return deploy();
  } catch (error) {
    // The engine prints the message of a RunError alone: a stack would hide it.
    if (error instanceof CatalogueError || error instanceof UnreadableError)
      throw new RunError(`\n${error.message}`);
    throw error;
  }
}

const made = deployOrSay();

/** Each server that this stack runs by the name of its entry: url, tier, namespace, owner. */
export const servers = made.servers;

/** What the slices of the environment stand on; only of an environment that is cut into slices. */
export const platform = made.platform;
