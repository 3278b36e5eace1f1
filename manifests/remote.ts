import type { RemoteEntry } from "../catalog";
import type { EntryInput } from "./entry-input";
import { entryAnnotations } from "./labels";
import type { Manifest } from "./manifest";
import { entryMetadata } from "./metadata";
import { proxySpec } from "./proxy-spec";
import { secretName } from "./secrets";
import type { MCPRemoteProxy } from "./toolhive";

/** The MCPRemoteProxy of an entry: the proxy in front of a vendor's endpoint. */
export function mcpRemoteProxy(input: EntryInput<RemoteEntry>): MCPRemoteProxy & Manifest {
  const { entry, tier } = input;
  const headers = headerForward(input);
  return {
    apiVersion: "toolhive.stacklok.dev/v1beta1",
    kind: "MCPRemoteProxy",
    metadata: entryMetadata(entry, tier, entry.name, entryAnnotations(entry)),
    spec: {
      remoteUrl: entry.url,
      transport: entry.transport,
      ...(headers && { headerForward: headers }),
      ...proxySpec(input),
    },
  };
}

function headerForward(input: EntryInput<RemoteEntry>) {
  const { headers = {}, secrets } = input.entry;
  const plain: Record<string, string> = {};
  const addHeadersFromSecret = Object.entries(headers).flatMap(([headerName, value]) => {
    if (typeof value === "string") {
      plain[headerName] = value;
      return [];
    }
    const use = secrets.find(({ name }) => name === value.secret);
    const name = use ? secretName(input, use) : value.secret;
    return [{ headerName, valueSecretRef: { name, key: value.key } }];
  });
  const hasPlain = Object.keys(plain).length > 0;
  return hasPlain || addHeadersFromSecret.length > 0
    ? {
        ...(hasPlain && { addPlaintextHeaders: plain }),
        ...(addHeadersFromSecret.length > 0 && { addHeadersFromSecret }),
      }
    : undefined;
}
