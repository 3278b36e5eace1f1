import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { LabError } from "./problem";

/** How a person or a test wants the lab. */
export interface LabSettings {
  /** Everything that belongs to one lab: data, logs, keys, Pulumi state. `LAB_DIR`, default `.lab`. */
  readonly folder: string;
  /** Built tools, shared by all labs and checkouts. `MCP_FLEET_CACHE`, default `~/.cache/mcp-fleet`. */
  readonly cache: string;
  /** Whether tools on PATH are used where they are found. `LAB_TOOLS=path`. */
  readonly toolsFromPath: boolean;
  /** Whether the cluster of KUBECONFIG is used instead of one of our own. `LAB_CLUSTER=kubeconfig`. */
  readonly existingCluster: boolean;
  /** Port of the API server; a free one when absent. `LAB_PORT`. */
  readonly port?: number;
}

/** The checkout that this lab belongs to. */
export const project = resolve(__dirname, "..");

/**
 * Reads the lab's settings from the environment.
 * @throws {LabError} when one has a value that does not exist.
 */
export function labSettings(env: NodeJS.ProcessEnv = process.env): LabSettings {
  const caches = env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  return {
    folder: resolve(env.LAB_DIR ?? join(project, ".lab")),
    cache: resolve(env.MCP_FLEET_CACHE ?? join(caches, "mcp-fleet")),
    toolsFromPath: choice(env, "LAB_TOOLS", "path"),
    existingCluster: choice(env, "LAB_CLUSTER", "kubeconfig"),
    ...(env.LAB_PORT && { port: port(env.LAB_PORT) }),
  };
}

function choice(env: NodeJS.ProcessEnv, name: string, word: string): boolean {
  const value = env[name] ?? "";
  if (value !== "" && value !== word)
    throw new LabError(`${name}=${value} is not known`, `Set ${name}=${word}, or leave it unset.`);
  return value === word;
}

function port(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65535)
    throw new LabError(`LAB_PORT=${value} is not a port`, "Set a number from 1 to 65535.");
  return number;
}
