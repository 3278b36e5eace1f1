/** All objects of a catalogue and its environment, as plain data. */
import { tiersOf } from "../../catalog";
import type { Entry, Settings, Tier } from "../../catalog";
import { renderEntry, renderPlatform, renderTier } from "../../manifests";
import type { Part } from "../../manifests";
import type { KubernetesObject } from "./network-reading";

/** An object with the part that it plays. */
export interface RenderedPart {
  readonly role: string;
  readonly object: KubernetesObject;
}

/** What is rendered of an environment. */
export interface Rendered {
  readonly tiers: ReadonlyMap<Tier, readonly RenderedPart[]>;
  readonly entries: ReadonlyMap<Entry, readonly RenderedPart[]>;
  /** All objects: the platform's, the tiers', the entries'. */
  readonly objects: readonly KubernetesObject[];
}

/** Renders entries with their environment. */
export function render(entries: readonly Entry[], settings: Settings): Rendered {
  const { network, oidc } = settings;
  const { apiServer = [] } = network;
  const tiers = new Map(
    tiersOf(settings).map((tier) => [tier, plain(renderTier({ tier, network, oidc, apiServer }))]),
  );
  const made = new Map(
    entries.map((entry) => {
      const tier = tierOf(entry, settings);
      return [entry, plain(renderEntry({ entry, tier, environment: settings, apiServer }))];
    }),
  );
  const platform = plain(renderPlatform(settings.platform));
  const objects = [platform, ...tiers.values(), ...made.values()]
    .flat()
    .map(({ object }) => object);
  return { tiers, entries: made, objects };
}

/** The tier of an entry. */
export function tierOf({ sensitivity }: Pick<Entry, "sensitivity">, settings: Settings): Tier {
  const found = tiersOf(settings).find((tier) => tier.sensitivity === sensitivity);
  if (!found) throw new Error(`there is no tier ${sensitivity}`);
  return found;
}

/** Manifests as what the API server is sent. */
function plain(parts: readonly Part[]): readonly RenderedPart[] {
  return parts.map(({ role, manifest }) => ({
    role,
    object: JSON.parse(JSON.stringify(manifest)) as KubernetesObject,
  }));
}
