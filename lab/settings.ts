import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { LabError } from "./problem";

/** Nodes that a lab can have: one on which pods run, or kwok's, on which nothing runs. */
export const nodeKinds = ["real", "kwok"] as const;

/** A kind of node. */
export type NodeKind = (typeof nodeKinds)[number];

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
  /** Whether the API server writes an audit log. `LAB_AUDIT=log`. */
  readonly audit: boolean;
  /** The kind of node; when absent, a real one where it can run. `LAB_NODE`. */
  readonly node?: NodeKind;
  /** Port of the API server of a lab with kwok; a free one when absent. `LAB_PORT`. */
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
    audit: choice(env, "LAB_AUDIT", "log"),
    ...(env.LAB_NODE && { node: nodeKind(env.LAB_NODE) }),
    ...(env.LAB_PORT && { port: port(env.LAB_PORT) }),
  };
}

function choice(env: NodeJS.ProcessEnv, name: string, word: string): boolean {
  const value = env[name] ?? "";
  if (value !== "" && value !== word)
    throw new LabError(`${name}=${value} is not known`, `Set ${name}=${word}, or leave it unset.`);
  return value === word;
}

function nodeKind(value: string): NodeKind {
  const kind = nodeKinds.find((one) => one === value);
  if (kind) return kind;
  throw new LabError(
    `LAB_NODE=${value} is not known`,
    "Set LAB_NODE=real or LAB_NODE=kwok, or leave it unset for a real one where it can run.",
  );
}

function port(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65535)
    throw new LabError(`LAB_PORT=${value} is not a port`, "Set a number from 1 to 65535.");
  return number;
}
