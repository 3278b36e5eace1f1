import type { Service } from "kubernetes-types/core/v1";
import { proxyPort, proxyService } from "./address";
import type { EntryInput } from "./entry-input";
import type { Manifest, Part } from "./manifest";
import { entryMetadata } from "./metadata";
import { proxyOf } from "./network";

/** A Service for each alias of an entry, in front of the same proxy. */
export function renderAliases({ entry, tier }: EntryInput): readonly Part[] {
  return entry.aliases.map((alias) => {
    const name = proxyService({ kind: entry.kind, name: alias });
    const manifest: Service & Manifest = {
      apiVersion: "v1",
      kind: "Service",
      // The proxy comes after: a server may need minutes, which no deployment should wait for.
      metadata: entryMetadata(entry, tier, name, { "pulumi.com/skipAwait": "true" }),
      spec: {
        type: "ClusterIP",
        // As in the Service that ToolHive makes.
        sessionAffinity: "ClientIP",
        selector: { ...proxyOf(entry) },
        ports: [{ name: "http", protocol: "TCP", port: proxyPort, targetPort: proxyPort }],
      },
    };
    return { role: `alias.${alias}`, manifest };
  });
}
