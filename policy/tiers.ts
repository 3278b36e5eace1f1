import { existsSync } from "node:fs";
import { join } from "node:path";
import { Config } from "@pulumi/pulumi";
import {
  CatalogueError,
  explain,
  formatProblems,
  readSettings,
  sensitivities,
  settingsSchema,
  stackFile,
  tiersOf,
} from "../catalog";
import type { Tier } from "../catalog";

/** Settings of the pack that do not fit. */
export class SettingsError extends Error {
  constructor(message: string) {
    super(message);
    // The policy SDK shows a user the whole stack of what a policy throws.
    this.stack = message;
  }
}

/**
 * The four tiers, each as its preset where nothing else is said.
 * @param value What is said, in the shape of `mcp-fleet:tiers`.
 * @param where Where it is said, for messages.
 * @throws {SettingsError} with every mistake.
 */
export function tiersFrom(value: unknown, where: string): readonly Tier[] {
  const result = settingsSchema.shape.tiers.safeParse(value);
  if (!result.success)
    throw new SettingsError(
      formatProblems(
        explain(result.error, {
          file: where,
          locate: () => undefined,
          locateKey: () => undefined,
        }),
      ),
    );
  return sensitivities.map((sensitivity) => ({ sensitivity, ...result.data[sensitivity] }));
}

/**
 * The tiers of the stack that the pack runs for: those of its own configuration, so that the pack and the
 * program never mean different ones. A slice's stack says only which slice it is; its tiers are the environment's.
 * @throws {SettingsError} when they do not fit, or the environment's file is not found.
 */
export function stackTiers(): readonly Tier[] {
  const config = new Config("mcp-fleet");
  const slice = config.getObject<{ readonly environment?: unknown }>("slice");
  if (slice === undefined) return tiersFrom(config.getObject<unknown>("tiers"), "mcp-fleet:tiers");
  const { environment } = slice;
  if (typeof environment !== "string")
    throw new SettingsError("mcp-fleet:slice names no environment; mcp-fleet writes it");
  const project = projects.find((folder) => existsSync(join(folder, stackFile(environment))));
  if (project === undefined)
    throw new SettingsError(
      `mcp-fleet:slice: ${stackFile(environment)} is in neither ${projects.join(" nor ")}; take the pack of the project, or give each rule its tiers (docs/policies.md)`,
    );
  try {
    return tiersOf(readSettings(project, environment));
  } catch (error) {
    if (error instanceof CatalogueError) throw new SettingsError(formatProblems(error.problems));
    throw error;
  }
}

// The engine may start a pack in its own folder; that is in the project's.
const projects = [process.cwd(), join(__dirname, "..")];
