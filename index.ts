import { Config, RunError, getStack, log, runtime } from "@pulumi/pulumi";
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

/** The names of secret values in the shape of the stack's file, without the values. */
function withoutValues(secrets: unknown): unknown {
  if (typeof secrets !== "object" || secrets === null || Array.isArray(secrets)) return null;
  // The engine tells by this variable which keys of the configuration are encrypted.
  const encrypted = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]") as string[];
  const safe = encrypted.includes(`${prefix}secrets`) ? { secure: "" } : null;
  return Object.fromEntries(Object.keys(secrets).map((name) => [name, safe]));
}

function deploy(): McpFleet {
  const values = Object.fromEntries(
    Object.entries(runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), parsed(value)] as const)
      .map(([key, value]) => [key, key === "secrets" ? withoutValues(value) : value]),
  );
  const settings = settingsFromConfig(values, __dirname, getStack());
  const entries = loadCatalogue(settings.catalogue, settings, (note) => void log.warn(note));
  const secretValues = new Config("mcp-fleet").getSecretObject<Record<string, string>>("secrets");
  return new McpFleet("fleet", { settings, entries, secretValues: secretValues ?? {} });
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
