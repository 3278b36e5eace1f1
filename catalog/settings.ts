import { z } from "zod";
import { admission } from "./admission";
import { chartField, versionField } from "./chart-fields";
import { signatures } from "./signature-settings";
import { flag, list, map, text, wrong } from "./field";
import { networkSettings } from "./network";
import { dnsLabel } from "./patterns";
import { image } from "./runtime";
import { sensitivities } from "./sensitivity";
import { services } from "./services";
import { slices } from "./slices";
import { tierSettings } from "./tier";
import type { Tier } from "./tier";

/** The ToolHive release that this version of mcp-fleet is made for and tested with. */
export const toolhiveVersion = "0.48.0";

const charts = "oci://ghcr.io/stacklok/toolhive";

const chart = (reference: string) => chartField(reference).default(reference);

const version = versionField("The chart's version.", toolhiveVersion).default(toolhiveVersion);

const crds = map(
  { description: "The chart of ToolHive's CRDs.", example: { keep: true } },
  {
    chart: chart(`${charts}/toolhive-operator-crds`),
    version,
    keep: flag({
      description:
        "Whether the CRDs, and with them every ToolHive object of the cluster, outlive a destroy.",
      expects: "true or false",
      example: true,
    }).default(true),
  },
).prefault({});

const valuesDoc = {
  description: "Values of the operator's chart, laid over the chart's own.",
  expects: "a map of the chart's values",
  example: { operator: { replicaCount: 2 } },
};

const operator = map(
  { description: "The chart of the operator.", example: { version: toolhiveVersion } },
  {
    chart: chart(`${charts}/toolhive-operator`),
    version,
    values: z
      .record(z.string(), z.unknown(), { error: wrong(valuesDoc) })
      .meta({ description: valuesDoc.description, examples: [valuesDoc.example] })
      .default({}),
  },
).prefault({});

const platformImage = (what: string, name: string) =>
  image.optional().meta({
    description: `Image of ${what}; the chart's own when absent.`,
    examples: [`ghcr.io/stacklok/toolhive/${name}:v${toolhiveVersion}`],
  });

const images = map(
  {
    description:
      "Images of ToolHive's own programs; mcp-fleet pin --stack writes them by digest, which tiers may demand of the proxies too.",
    example: { proxyrunner: `ghcr.io/stacklok/toolhive/proxyrunner:v${toolhiveVersion}` },
  },
  {
    operator: platformImage("the operator", "operator"),
    proxyrunner: platformImage("the proxies", "proxyrunner"),
    vmcp: platformImage("the gateways", "vmcp"),
  },
).prefault({});

const platform = map(
  { description: "How the ToolHive operator is installed.", example: { crds: { keep: true } } },
  {
    namespace: text(
      {
        description: "Namespace of the operator and of both Releases.",
        expects: "a DNS label of at most 63 characters",
        example: "toolhive-system",
      },
      dnsLabel,
      63,
    ).default("toolhive-system"),
    crds,
    operator,
    images,
  },
).prefault({});

const catalogue = list(
  {
    description: "Files and folders of the catalogue, counted from the project's folder.",
    expects: "a list of files and folders",
    example: ["inventory"],
  },
  text({ description: "A file or folder.", expects: "a path", example: "inventory" }, /\S/, 500),
).default(["inventory"]);

const entryNames = (description: string) =>
  z
    .array(
      text({ description: "A name.", expects: "an entry's name", example: "osv" }, dnsLabel, 50),
      {
        error: wrong({ description, expects: "a list of names", example: ["osv"] }),
      },
    )
    .optional()
    .meta({ description, examples: [["osv"]] });

const entries = map(
  {
    description: "Which entries of the catalogue the environment takes.",
    example: { only: ["osv"] },
  },
  {
    only: entryNames("These alone; all when absent."),
    except: entryNames("All but these."),
  },
).prefault({});

/** Schema of an environment's settings: the `mcp-fleet:…` keys of its stack configuration. */
export const settingsSchema = map(
  { description: "Settings of one environment.", example: { catalogue: ["inventory"] } },
  {
    catalogue,
    entries,
    slices,
    platform,
    network: networkSettings,
    ...services,
    admission,
    signatures,
    tiers: map(
      { description: "What differs from the presets of the four tiers.", example: { public: {} } },
      {
        public: tierSettings("public").prefault({}),
        internal: tierSettings("internal").prefault({}),
        confidential: tierSettings("confidential").prefault({}),
        restricted: tierSettings("restricted").prefault({}),
      },
    ).prefault({}),
  },
);

/** What one environment says, complete: every default is filled in. */
export type Settings = Readonly<z.output<typeof settingsSchema>>;

/** How the ToolHive operator is installed. */
export type PlatformSettings = Settings["platform"];

/** Names of the settings' top level, as they stand after `mcp-fleet:` in a stack's configuration. */
export const settingKeys: readonly string[] = Object.keys(settingsSchema.shape);

/** Whether an environment takes the entry of this name. */
export function takes({ entries: { only, except } }: Settings, name: string | undefined): boolean {
  if (name === undefined) return true;
  return (only?.includes(name) ?? true) && !(except?.includes(name) ?? false);
}

/** The four tiers of an environment, from public to restricted. */
export function tiersOf(settings: Settings): readonly Tier[] {
  return sensitivities.map((sensitivity) => ({ sensitivity, ...settings.tiers[sensitivity] }));
}
