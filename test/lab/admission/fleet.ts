import { resolve } from "node:path";
import { Scalar } from "yaml";
import { loadCatalogue, settingsFromConfig, tiersOf } from "../../../catalog";
import type { Entry, Sensitivity, Settings, Tier } from "../../../catalog";
import { renderEntry } from "../../../manifests";
import { project } from "../../../lab/settings";
import type { Sent } from "./person";

const day = (fromNow: number): string =>
  new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);

/** A day in the future, and one that is over. */
export const later = day(7);
export const past = day(-1);

/** The image of the proxies, by a digest; nothing is pulled on a simulated node. */
export const proxyrunner = `ghcr.io/stacklok/toolhive/proxyrunner:v0.48.0@sha256:${"ab".repeat(32)}`;

/** Where each tier takes images: all that the shipped inventory has. */
export const registries = {
  public: [
    "ghcr.io/stacklok",
    "ghcr.io/stackloklabs",
    "docker.io/mcp",
    "mcr.microsoft.com/playwright",
  ],
  internal: ["ghcr.io", "docker.io/mcp", "docker.io/brave"],
  confidential: ["ghcr.io/sooperset/mcp-atlassian", "docker.io/grafana", "docker.io/mcp"],
  restricted: ["quay.io/containers", "docker.io/crystaldba"],
} as const satisfies Readonly<Record<Sensitivity, readonly string[]>>;

/** Exemptions: one of two tiers, under one name, for different people, and another. */
export const exemptions = [
  {
    name: "incident-42",
    tier: "internal",
    reason: `the vendor's fix has "no" signature yet`,
    until: later,
    users: ["alice"],
  },
  { name: "incident-43", tier: "internal", reason: "a drill", until: later, users: ["bob"] },
  { name: "incident-44", tier: "public", reason: "another drill", until: later, users: ["alice"] },
] as const;

const apiServer = [{ cidr: "10.97.0.1/32", port: 6443 }];

/** The shipped inventory, whole, and a remote of this folder, with admission in every tier. */
export const inventory = {
  catalogue: [resolve(project, "inventory"), resolve(__dirname, "catalogue", "remotes")],
  network: { apiServer },
  secretStore: { name: "vault" },
  platform: { images: { proxyrunner } },
  admission: { deployers: [{ user: "admin" }, { group: "deployers" }], exemptions },
  tiers: Object.fromEntries(
    Object.entries(registries).map(([tier, from]) => [tier, { image: { registries: from } }]),
  ),
};

/** The same for the engine, which takes a date without quotes for a time. */
export function inventoryForEngine(charts: object): Readonly<Record<string, unknown>> {
  const quoted = (text: string): Scalar =>
    Object.assign(new Scalar(text), { type: "QUOTE_DOUBLE" });
  const { deployers } = inventory.admission;
  return {
    ...inventory,
    platform: { ...charts, ...inventory.platform },
    admission: {
      deployers,
      exemptions: exemptions.map((each) => ({ ...each, until: quoted(each.until) })),
    },
  };
}

/** Who deploys the second fleet: a name that is all but plain. */
export const carol = `o'carol"\\n(é😀`;

/** A second fleet in the cluster: other namespaces, another deployer, and a tier that demands authentication. */
export const second = {
  catalogue: [resolve(__dirname, "catalogue", "second")],
  network: { apiServer },
  oidc: { issuer: "https://idp.example.com/realms/corp", egress: "internet" },
  platform: { images: { proxyrunner } },
  admission: { deployers: [{ user: carol }] },
  tiers: {
    public: { namespace: "second-public", podSecurity: "privileged" },
    internal: { namespace: "second-internal", auth: true },
    confidential: { namespace: "second-confidential" },
    restricted: { namespace: "second-restricted" },
  },
};

/** A fleet as the catalogue has it. */
export interface Fleet {
  readonly settings: Settings;
  readonly entries: readonly Entry[];
}

/** Reads a fleet. */
export function fleetOf(values: Readonly<Record<string, unknown>>): Fleet {
  const secrets = { secrets: { postgresUri: { secure: "" } } };
  const settings = settingsFromConfig({ ...values, ...secrets }, project, "lab");
  return { settings, entries: loadCatalogue(settings.catalogue, settings, () => undefined) };
}

/** A tier of a fleet. */
export function tierOf({ settings }: Fleet, sensitivity: Sensitivity): Tier {
  const tier = tiersOf(settings).find((each) => each.sensitivity === sensitivity);
  if (!tier) throw new Error(`no tier ${sensitivity}`);
  return tier;
}

/** The objects of an entry, as they are rendered; the server or remote is the last. */
export function objectsOf(fleet: Fleet, name: string): readonly Sent[] {
  const entry = fleet.entries.find((each) => each.name === name);
  if (!entry) throw new Error(`no entry ${name}`);
  const tier = tierOf(fleet, entry.sensitivity);
  const parts = renderEntry({ entry, tier, environment: fleet.settings, apiServer });
  return parts.map(({ manifest }) => ({ ...manifest, metadata: { ...manifest.metadata } }));
}
