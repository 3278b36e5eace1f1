import type { KubernetesObject } from "@kubernetes/client-node";
import { setTimeout as sleep } from "node:timers/promises";
import { LabError } from "./problem";
import { Progress } from "./progress";
import type { Api } from "./run/api";

/** Where a server is found; the shape of the stack's output `servers`. */
export interface ServerOutput {
  /** Address inside the cluster. */
  readonly url: string;
  /** Tier. */
  readonly tier: string;
  /** Namespace. */
  readonly namespace: string;
  /** Team that answers for it. */
  readonly owner: string;
}

/** A server as the cluster reports it. */
export interface ServerStatus extends ServerOutput {
  /** Name of its entry. */
  readonly name: string;
  /** Phase that the operator reports; `Pending` while it has said nothing. */
  readonly phase: string;
  /** What the operator says about it. */
  readonly message: string;
  /** Published tools. */
  readonly tools: string;
}

interface McpServer extends KubernetesObject {
  readonly status?: { readonly phase?: string; readonly message?: string };
}

const apiVersion = "toolhive.stacklok.dev/v1beta1";

/** The fleet as it is now. */
export async function fleetStatus(
  api: Api,
  servers: Readonly<Record<string, ServerOutput>>,
): Promise<readonly ServerStatus[]> {
  const objects = await api.list<McpServer>(apiVersion, "MCPServer");
  const byName = new Map(
    objects.map((o) => [`${o.metadata?.namespace ?? ""}/${o.metadata?.name ?? ""}`, o]),
  );
  return Object.entries(servers).map(([name, server]) => {
    const status = byName.get(`${server.namespace}/${name}`)?.status;
    const { phase = "Pending", message = "" } = status ?? {};
    return { ...server, name, phase, message, tools: "-" };
  });
}

// The operator brings about 3.5 servers a second to Ready; the rest is for its start.
const baseSeconds = 120;
const secondsPerServer = 1;

/**
 * Waits until every server is Ready.
 * @throws {LabError} that names those that are not when the time is up.
 */
export async function waitReady(
  api: Api,
  servers: Readonly<Record<string, ServerOutput>>,
  operatorLog: string | undefined,
): Promise<readonly ServerStatus[]> {
  const line = new Progress().start("servers", "waiting for the operator");
  const deadline =
    Date.now() + (baseSeconds + Object.keys(servers).length * secondsPerServer) * 1000;
  for (;;) {
    const fleet = await fleetStatus(api, servers);
    const waiting = fleet.filter(({ phase }) => phase !== "Ready");
    line.update(`${fleet.length - waiting.length} of ${fleet.length} Ready`);
    if (waiting.length === 0) {
      line.done(`${fleet.length} Ready`);
      return fleet;
    }
    if (Date.now() > deadline) {
      line.failed(`${waiting.length} of ${fleet.length} are not Ready`);
      const list = waiting.map(({ name, phase, message }) => `  ${name}: ${phase} ${message}`);
      throw new LabError(
        `Not Ready in time:\n${list.join("\n")}`,
        "`kubectl describe mcpserver` and the operator's log may say why.",
        operatorLog,
      );
    }
    await sleep(250);
  }
}

/** The fleet as a table. */
export function fleetTable(fleet: readonly ServerStatus[]): string {
  const rows = [
    ["NAME", "TIER", "PHASE", "URL", "TOOLS"],
    ...fleet.map(({ name, tier, phase, url, tools }) => [name, tier, phase, url, tools]),
  ];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
