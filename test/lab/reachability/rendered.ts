/**
 * What is judged: the files that the renderer writes for the whole inventory, read back from their text.
 */
import { join } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import type { NetworkPolicy } from "kubernetes-types/networking/v1";
import { parseAllDocuments } from "yaml";
import { loadCatalogue, settingsFromConfig } from "../../../catalog";
import type { Entry, Settings } from "../../../catalog";
import { addresses } from "../../../lab/run/addresses";
import { project } from "../../../lab/settings";
import { renderFiles } from "../../../manifests";
import type { Labels } from "./subjects";

/** A public range that the environment counts to its own, and so leaves out of the internet. */
export const excluded = "198.41.0.0/24";

/** Settings with the lab's network, and with whatever an entry may lean on. */
function environment(): Settings {
  const values = {
    network: {
      engine: "kubernetes",
      apiServer: [{ cidr: `${addresses.node.v4}/32`, port: 6443 }],
      exclude: [excluded],
    },
    oidc: {
      issuer: "https://idp.example.com/realms/corp",
      egress: [{ namespace: "identity", pods: { app: "keycloak" }, port: 8443 }],
    },
    redis: {
      address: "redis.cache.svc.cluster.local:6379",
      egress: [{ namespace: "cache", pods: { app: "redis" }, port: 6379 }],
    },
    secretStore: { name: "vault" },
    secrets: { postgresUri: { secure: "" } },
  };
  return settingsFromConfig(values, project, "reachability");
}

/** The inventory, and entries that have what none of it has. */
const catalogue: readonly string[] = [join(project, "inventory"), join(__dirname, "catalogue")];

/** What is rendered, and from what. */
export interface Rendered {
  readonly settings: Settings;
  /** Every entry that is not retired. */
  readonly entries: readonly Entry[];
  /** All objects of their files and of the tiers'. */
  readonly objects: readonly KubernetesObject[];
  /** The NetworkPolicies among them. */
  readonly policies: readonly NetworkPolicy[];
}

/** Renders the catalogue, and reads the files' text. */
export function render(): Rendered {
  const settings = environment();
  const all = loadCatalogue(catalogue, settings, () => undefined);
  const files = renderFiles(all, settings, settings.network.apiServer ?? []);
  const objects = [...files].flatMap(([file, text]) =>
    parseAllDocuments(text).flatMap((document) => {
      if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.join("\n")}`);
      return (document.toJS() as KubernetesObject | null) ?? [];
    }),
  );
  return {
    settings,
    entries: all.filter(({ lifecycle }) => lifecycle.state !== "retired"),
    objects,
    policies: objects.filter(({ kind }) => kind === "NetworkPolicy") as readonly NetworkPolicy[],
  };
}

/** Labels of a rendered namespace; none for one that nobody renders. */
export function namespaceLabels({ objects }: Rendered, namespace: string): Labels {
  const found = objects.find(
    ({ kind, metadata }) => kind === "Namespace" && metadata?.name === namespace,
  );
  return found?.metadata?.labels ?? {};
}

/** Labels that a rendered entry gives its pods besides ToolHive's own. */
export function podLabels(
  { objects }: Rendered,
  entry: Entry,
): { readonly proxy: Labels; readonly backend: Labels } {
  const kind = entry.kind === "Server" ? "MCPServer" : "MCPRemoteProxy";
  const found = objects.find((one) => one.kind === kind && one.metadata?.name === entry.name);
  if (!found) throw new Error(`${kind} ${entry.name} is not rendered`);
  const { resourceOverrides, podTemplateSpec } = (found as unknown as Workload).spec;
  return {
    proxy: resourceOverrides.proxyDeployment.podTemplateMetadataOverrides.labels,
    backend: podTemplateSpec?.metadata.labels ?? {},
  };
}

interface Workload {
  readonly spec: {
    readonly resourceOverrides: {
      readonly proxyDeployment: {
        readonly podTemplateMetadataOverrides: { readonly labels: Labels };
      };
    };
    readonly podTemplateSpec?: { readonly metadata: { readonly labels: Labels } };
  };
}
