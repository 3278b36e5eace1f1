import { tiersOf } from "../catalog";
import type { Entry, Settings } from "../catalog";
import { renderAdmission } from "./admission";
import { renderEntry } from "./entry";
import type { Part } from "./manifest";
import type { ApiServerAddress } from "./network";
import { renderSignatures, signatureLabels } from "./signatures";
import { renderTier } from "./tier";
import { toYaml } from "./yaml";

/** First line of every rendered file. */
export const renderedMark = "# Rendered by mcp-fleet; change the catalogue instead.\n";

const folders = { Server: "servers", Remote: "remotes" } as const;

/**
 * All manifests of an environment's tiers and entries as YAML files, by path; none for an entry that is
 * retired.
 */
export function renderFiles(
  entries: readonly Entry[],
  settings: Settings,
  apiServer: readonly ApiServerAddress[],
): ReadonlyMap<string, string> {
  const { network, oidc, admission, platform, signatures } = settings;
  const tiers = new Map(tiersOf(settings).map((tier) => [tier.sensitivity, tier]));
  const file = (path: string, parts: readonly Part[]): readonly (readonly [string, string])[] =>
    parts.length === 0
      ? []
      : [[path, renderedMark + toYaml(parts.map(({ manifest }) => manifest))]];
  return new Map([
    ...[...tiers.values()].flatMap((tier) => {
      const signed = signatures && { tier, signatures, entries };
      const labels = signed && signatureLabels(signed);
      return file(`tiers/${tier.sensitivity}.yaml`, [
        ...renderTier({ tier, network, oidc, apiServer, labels }),
        ...(admission ? renderAdmission({ tier, admission, platform }) : []),
        ...(signed ? renderSignatures(signed) : []),
      ]);
    }),
    ...entries.flatMap((entry) => {
      const tier = tiers.get(entry.sensitivity);
      if (!tier) return [];
      const parts = renderEntry({ entry, tier, environment: settings, apiServer });
      return file(`${folders[entry.kind]}/${entry.name}.yaml`, parts);
    }),
  ]);
}
