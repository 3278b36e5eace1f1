import { tiersOf } from "../catalog";
import type { Entry, Settings } from "../catalog";
import type { Part } from "./manifest";
import type { ApiServerAddress } from "./network";
import { renderServer } from "./server";
import { renderTier } from "./tier";
import { toYaml } from "./yaml";

/** First line of every rendered file. */
export const renderedMark = "# Rendered by mcp-fleet; change the catalogue instead.\n";

/** All manifests of an environment's tiers and entries as YAML files, by path. */
export function renderFiles(
  entries: readonly Entry[],
  settings: Settings,
  apiServer: readonly ApiServerAddress[],
): ReadonlyMap<string, string> {
  const { network } = settings;
  const tiers = new Map(tiersOf(settings).map((tier) => [tier.sensitivity, tier]));
  const file = (parts: readonly Part[]): string =>
    renderedMark + toYaml(parts.map(({ manifest }) => manifest));
  return new Map([
    ...[...tiers.values()].map(
      (tier) =>
        [`tiers/${tier.sensitivity}.yaml`, file(renderTier({ tier, network, apiServer }))] as const,
    ),
    ...entries.flatMap((entry) => {
      const tier = tiers.get(entry.sensitivity);
      return tier
        ? [[`servers/${entry.name}.yaml`, file(renderServer({ entry, tier, network }))] as const]
        : [];
    }),
  ]);
}
