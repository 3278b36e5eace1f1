import { Config } from "@pulumi/pulumi";
import { explain, formatProblems, sensitivities, settingsSchema } from "../catalog";
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
 * program never mean different ones.
 * @throws {SettingsError} when they do not fit.
 */
export function stackTiers(): readonly Tier[] {
  return tiersFrom(new Config("mcp-fleet").getObject<unknown>("tiers"), "mcp-fleet:tiers");
}
