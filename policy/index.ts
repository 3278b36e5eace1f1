/** The policy pack: `pulumi preview --policy-pack policy`. What it demands is in docs/policies.md. */
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";
import { SettingsError, stackTiers } from "./tiers";

try {
  new PolicyPack("mcp-fleet", {
    description: "The rules of mcp-fleet's catalogue, over everything that a stack makes.",
    tags: ["kubernetes", "mcp", "toolhive"],
    policies: policies(stackTiers()),
  });
} catch (error) {
  // Where it was thrown tells nobody anything.
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exit(1);
}
