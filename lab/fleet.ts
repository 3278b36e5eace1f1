import type { KubernetesObject, V1Pod } from "@kubernetes/client-node";
import { setTimeout as sleep } from "node:timers/promises";
import { nothingPublished } from "../manifests";
import { LabError } from "./problem";
import { Progress } from "./progress";
import type { Api } from "./run/api";

/** Where a server is found; the shape of the stack's output `servers`. */
export interface ServerOutput {
  /** Kind of the entry. */
  readonly kind: "Server" | "Remote";
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
  /** How many tools it publishes. */
  readonly tools: number;
}

interface McpServer extends KubernetesObject {
  readonly status?: { readonly phase?: string; readonly message?: string };
}

interface McpToolConfig extends KubernetesObject {
  readonly spec?: { readonly toolsFilter?: readonly string[] };
}

const apiVersion = "toolhive.stacklok.dev/v1beta1";

/** The fleet as it is now. */
export async function fleetStatus(
  api: Api,
  servers: Readonly<Record<string, ServerOutput>>,
): Promise<readonly ServerStatus[]> {
  const byName = <T extends KubernetesObject>(objects: readonly T[]): ReadonlyMap<string, T> =>
    new Map(objects.map((o) => [`${o.metadata?.namespace ?? ""}/${o.metadata?.name ?? ""}`, o]));
  const objects = byName([
    ...(await api.list<McpServer>(apiVersion, "MCPServer")),
    ...(await api.list<McpServer>(apiVersion, "MCPRemoteProxy")),
  ]);
  const configs = byName(await api.list<McpToolConfig>(apiVersion, "MCPToolConfig"));
  return Object.entries(servers).map(([name, server]) => {
    const key = `${server.namespace}/${name}`;
    const { phase = "Pending", message = "" } = objects.get(key)?.status ?? {};
    const filter = configs.get(key)?.spec?.toolsFilter ?? [];
    const tools = filter.filter((tool) => tool !== nothingPublished).length;
    return { ...server, name, phase, message, tools };
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
      const stuck = await stuckContainers(api, new Set(waiting.map(({ namespace }) => namespace)));
      throw new LabError(
        `Not Ready in time:\n${[...list, ...stuck].join("\n")}`,
        "`kubectl describe mcpserver` and the operator's log may say why.",
        operatorLog,
      );
    }
    await sleep(250);
  }
}

/** What the containers that do not run in these namespaces wait for. */
async function stuckContainers(
  api: Api,
  namespaces: ReadonlySet<string>,
): Promise<readonly string[]> {
  const pods = await api.list<V1Pod>("v1", "Pod");
  return pods
    .filter(({ metadata }) => namespaces.has(metadata?.namespace ?? ""))
    .flatMap(({ metadata, status }) =>
      (status?.containerStatuses ?? []).flatMap(({ image, state, lastState }) => {
        const why = state?.waiting ?? (state?.running ? undefined : lastState?.terminated);
        const text = [why?.reason, why?.message].filter(Boolean).join(": ");
        const name = `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;
        return why ? [`  pod ${name}, image ${image}: ${text}`] : [];
      }),
    );
}

/**
 * The fleet as a table.
 * @param columns Width to keep to where that is possible: addresses are then shown without the cluster's
 * domain, by which pods find them too.
 */
export function fleetTable(fleet: readonly ServerStatus[], columns = Infinity): string {
  const table = (address: (url: string) => string): readonly string[] =>
    aligned([
      ["NAME", "TIER", "PHASE", "URL", "TOOLS"],
      ...fleet.map(({ name, tier, phase, url, tools }) => [
        ...[name, tier, phase, address(url)],
        tools === 0 ? "none" : String(tools),
      ]),
    ]);
  const whole = table((url) => url);
  const fits = whole.every((line) => line.length <= columns);
  return (fits ? whole : table((url) => url.replace(".svc.cluster.local", ".svc"))).join("\n");
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
