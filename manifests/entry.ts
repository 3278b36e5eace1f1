import type { Entry, ServerEntry, RemoteEntry } from "../catalog";
import { renderAliases } from "./aliases";
import { renderAutoscalers } from "./autoscaling";
import type { EntryInput } from "./entry-input";
import type { Manifest, Part } from "./manifest";
import { entryMetadata } from "./metadata";
import { entryNetwork } from "./network";
import { mcpRemoteProxy } from "./remote";
import { renderSecrets } from "./secrets";
import { mcpServer } from "./server";
import { nothingPublished } from "./tools";
import type { MCPToolConfig } from "./toolhive";

/** Roles of the object that is the entry itself: it needs all others, and is their last. */
export const mainRoles = { Server: "server", Remote: "remote" } as const;

/**
 * The objects of an entry; none of one that is retired. The MCPServer or MCPRemoteProxy is the last,
 * because it needs the others.
 */
export function renderEntry(input: EntryInput): readonly Part[] {
  const { entry } = input;
  if (entry.lifecycle.state === "retired") return [];
  return [
    ...entryNetwork(input),
    ...renderSecrets(input),
    { role: "tools", manifest: toolConfig(input) },
    ...renderAutoscalers(input),
    ...renderAliases(input),
    { role: mainRoles[entry.kind], manifest: main(input) },
  ];
}

function main(input: EntryInput): Manifest {
  return isServer(input) ? mcpServer(input) : mcpRemoteProxy(input as EntryInput<RemoteEntry>);
}

function isServer(input: EntryInput): input is EntryInput<ServerEntry> {
  const { kind }: Entry = input.entry;
  return kind === "Server";
}

function toolConfig({ entry, tier }: EntryInput): MCPToolConfig & Manifest {
  const { publish } = entry.tools;
  return {
    apiVersion: "toolhive.stacklok.dev/v1beta1",
    kind: "MCPToolConfig",
    metadata: entryMetadata(entry, tier, entry.name),
    spec: { toolsFilter: publish.length > 0 ? [...publish] : [nothingPublished] },
  };
}
