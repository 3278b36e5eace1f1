import { egressFindings } from "./egress-rules";
import type { Entry, EntryFile, Finding } from "./entry";
import { toProblem } from "./finding";
import { locateSetting } from "./environment";
import type { Problem } from "./problem";
import { show } from "./problem";
import { quotaFindings } from "./quota-rules";
import { tiersOf } from "./settings";
import type { Settings } from "./settings";
import { ownSignatureRules } from "./signature-rules";
import type { Tier } from "./tier";
import { tierFindings } from "./tier-rules";

/** Rules that depend on what an environment is: what it cannot make as written is refused. */
export function checkForEnvironment(
  files: readonly EntryFile[],
  settings: Settings,
): readonly Problem[] {
  const tiers = tiersOf(settings);
  const bySensitivity = new Map(tiers.map((tier) => [tier.sensitivity, tier]));
  const live = files.filter(({ entry }) => entry && entry.lifecycle.state !== "retired");
  const perEntry = live.flatMap((file) => {
    const { entry } = file;
    const tier = entry && bySensitivity.get(entry.sensitivity);
    if (!entry || !tier) return [];
    return [
      ...egressFindings(entry, tier, settings),
      ...tierFindings(entry, tier),
      ...serviceFindings(entry, settings),
    ].map((finding) => toProblem(file, finding));
  });
  const entries = live.flatMap(({ entry }) => entry ?? []);
  const signed = ownSignatureRules(entries, settings).map(({ path, message }) =>
    locateSetting(settings, path, message),
  );
  const quotas = tiers.flatMap((tier) => quotaProblems(live, tier, settings));
  return [...perEntry, ...signed, ...quotas];
}

function quotaProblems(
  files: readonly EntryFile[],
  tier: Tier,
  settings: Settings,
): readonly Problem[] {
  const entries = files.flatMap(({ entry }) =>
    entry?.sensitivity === tier.sensitivity ? [entry] : [],
  );
  return quotaFindings(entries, tier).map(({ path, message }) =>
    locateSetting(settings, ["tiers", tier.sensitivity, ...path], message),
  );
}

/** Names of entries that the settings take or leave out, and that no file has. */
export function unknownEntries(
  files: readonly EntryFile[],
  settings: Settings,
): readonly Problem[] {
  const known = new Set(files.map(({ partial }) => partial.name));
  return (["only", "except"] as const).flatMap((key) =>
    (settings.entries[key] ?? []).flatMap((name, i) =>
      known.has(name)
        ? []
        : [
            locateSetting(
              settings,
              ["entries", key, i],
              `${show(name)} is no entry of the catalogue; write the name of one, or remove it`,
            ),
          ],
    ),
  );
}

/** What an entry leans on and the environment does not have. */
function serviceFindings(entry: Entry, settings: Settings): readonly Finding[] {
  const found: Finding[] = [];
  const lacks = (path: Finding["path"], message: string): void =>
    void found.push({ path, message });
  if (entry.auth && !settings.oidc)
    lacks(["auth"], "needs an issuer, and the environment names none; write mcp-fleet:oidc");
  if (entry.sessionStorage === "redis" && !settings.redis)
    lacks(
      ["sessionStorage"],
      '"redis" cannot be had here: the environment names none; write mcp-fleet:redis',
    );
  if (entry.kind === "Server" && entry.signature && !settings.signatures)
    lacks(
      ["signature"],
      "is demanded, and the environment names nothing that verifies it; write mcp-fleet:signatures",
    );
  entry.secrets.forEach(({ source, keys = {} }, i) => {
    if (source === "external" && !settings.secretStore)
      lacks(
        ["secrets", i, "source"],
        '"external" cannot be had here: the environment names no store; write mcp-fleet:secretStore',
      );
    if (source !== "pulumi") return;
    for (const [key, value] of Object.entries(keys))
      if (typeof value === "string" && !settings.secrets.includes(value))
        lacks(
          ["secrets", i, "keys", key],
          `${show(value)} is not in the stack's configuration; run pulumi config set --secret --path 'mcp-fleet:secrets.${value}'`,
        );
  });
  return found;
}
