import { RunError, getStack, log, runtime } from "@pulumi/pulumi";
import { CatalogueError, UnreadableError, loadCatalogue, settingsFromConfig } from "./catalog";
import { McpFleet } from "./components";

const prefix = "mcp-fleet:";

/** The engine gives every value as text; what is not text is JSON. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function deploy(): McpFleet {
  const values = Object.fromEntries(
    Object.entries(runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), parsed(value)]),
  );
  const settings = settingsFromConfig(values, __dirname, getStack());
  const entries = loadCatalogue(settings.catalogue, settings, (note) => void log.warn(note));
  return new McpFleet("fleet", { settings, entries });
}

function deployOrSay(): McpFleet {
  try {
    return deploy();
  } catch (error) {
    // The engine prints the message of a RunError alone: a stack would hide it.
    if (error instanceof CatalogueError || error instanceof UnreadableError)
      throw new RunError(`\n${error.message}`);
    throw error;
  }
}

/** Each server by the name of its entry: url, tier, namespace, owner. */
export const servers = deployOrSay().servers;
