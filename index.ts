import { getStack, log, runtime } from "@pulumi/pulumi";
import { loadCatalogue, settingsFromConfig } from "./catalog";
import { McpFleet } from "./components";

const prefix = "mcp-fleet:";

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const values = Object.fromEntries(
  Object.entries(runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), parsed(value)]),
);
const settings = settingsFromConfig(values, __dirname, getStack());
const entries = loadCatalogue(settings.catalogue, settings, (note) => void log.warn(note));
const fleet = new McpFleet("fleet", { settings, entries });

/** Each server by the name of its entry: url, tier, namespace, owner. */
export const servers = fleet.servers;
