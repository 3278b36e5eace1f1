import { getStack, runtime } from "@pulumi/pulumi";
import * as engineConfig from "@pulumi/pulumi/runtime/config";
import { settingsFromConfig, sliceSettings } from "../catalog";
import type { Settings, SliceStack } from "../catalog";

// Its types leave it out.
const { isConfigSecret } = engineConfig as unknown as {
  readonly isConfigSecret: (key: string) => boolean;
};

const prefix = "mcp-fleet:";

/** What a stack is of an environment. */
export interface StackRole {
  /** The environment. */
  readonly environment: string;
  /** Its settings. */
  readonly settings: Settings;
  /** The slice that the stack holds; none when it is the environment's own stack. */
  readonly slice?: SliceStack;
}

/**
 * What this stack is, from the configuration that the engine gives.
 * @param project Folder of the project.
 * @throws {CatalogueError} with every error of the settings, when there is one.
 */
export function stackRole(project: string): StackRole {
  const values = ownValues();
  const stack = getStack();
  if (!("slice" in values))
    return { environment: stack, settings: settingsFromConfig(values, project, stack) };
  const { slice, settings } = sliceSettings(values, project, stack);
  return { environment: slice.environment, settings, slice };
}

function ownValues(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), parsed(value)] as const)
      .map(([key, value]) => [key, key === "secrets" ? withoutValues(value) : value]),
  );
}

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
  const safe = isConfigSecret(`${prefix}secrets`) ? { secure: "" } : null;
  return Object.fromEntries(Object.keys(secrets).map((name) => [name, safe]));
}
