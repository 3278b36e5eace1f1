import type { RateLimits, ServerEntry } from "../catalog";
import { backendPod } from "./backend-pod";
import type { EntryInput } from "./entry-input";
import { entryAnnotations } from "./labels";
import type { Manifest } from "./manifest";
import { entryMetadata } from "./metadata";
import { proxySpec } from "./proxy-spec";
import type { MCPServer } from "./toolhive";

/** The MCPServer of an entry: its proxy and its backend. */
export function mcpServer(input: EntryInput<ServerEntry>): MCPServer & Manifest {
  const { entry, tier } = input;
  const { transport, port, args, env, rateLimits } = entry;
  return {
    apiVersion: "toolhive.stacklok.dev/v1beta1",
    kind: "MCPServer",
    metadata: entryMetadata(entry, tier, entry.name, entryAnnotations(entry)),
    spec: {
      image: entry.image,
      transport,
      ...(entry.proxy.mode !== undefined && { proxyMode: entry.proxy.mode }),
      ...(port !== undefined && { mcpPort: port }),
      ...(args && { args: [...args] }),
      ...(env && { env: Object.entries(env).map(([name, value]) => ({ name, value })) }),
      serviceAccount: tier.serviceAccount,
      ...(rateLimits && { rateLimiting: limits(rateLimits) }),
      ...proxySpec(input),
      podTemplateSpec: { ...backendPod(input) },
    },
  };
}

function limits({ tools, ...own }: RateLimits) {
  return {
    ...own,
    ...(tools && { tools: Object.entries(tools).map(([name, each]) => ({ name, ...each })) }),
  };
}
