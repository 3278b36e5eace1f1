import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

/** Name of the n-th entry. */
export function entryName(n: number): string {
  return `tool-${String(n).padStart(4, "0")}`;
}

/** What an entry says that the benchmark changes. */
export interface Variant {
  /** Entries that are changed: the first of them, one, or all. */
  readonly changed: number;
}

const tiers = ["public", "internal"];

/** Writes a catalogue of servers as small teams write them: one file each, two tiers, twelve teams. */
export function writeCatalogue(folder: string, count: number, { changed }: Variant): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < count; n++)
    writeFileSync(join(folder, `${entryName(n)}.yaml`), stringify(entry(n, n < changed)));
}

function entry(n: number, changed: boolean): object {
  return {
    kind: "Server",
    name: entryName(n),
    title: `Tool ${n}`,
    description: "Looks things up.",
    owner: { team: `team-${n % 12}`, contact: "#team" },
    category: "search",
    costClass: "low",
    sensitivity: tiers[n % tiers.length],
    image: "ghcr.io/stackloklabs/osv-mcp/server:0.1.0",
    transport: "streamable-http",
    port: 8080,
    env: { LOG_LEVEL: changed ? "debug" : "info" },
    clients: [{ namespace: "litellm" }],
    tools: { publish: ["query"] },
    resources: {
      requests: { cpu: "5m", memory: "8Mi" },
      limits: { cpu: "10m", memory: "16Mi" },
    },
  };
}
