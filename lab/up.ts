import { relative } from "node:path";
import { proxyPort, proxyService } from "../manifests";
import { findTools } from "./build/tools";
import { startCluster } from "./cluster";
import type { Cluster } from "./cluster";
import { fleetTable, waitReady } from "./fleet";
import type { ServerOutput, ServerStatus } from "./fleet";
import { findImages } from "./images/store";
import { chooseNode, whyNoRealNode } from "./node/needs";
import type { NodeChoice } from "./node/needs";
import { Progress } from "./progress";
import { Pulumi, labStack, pulumiEnvironment } from "./pulumi";
import { repairStack } from "./repair";
import { withLock } from "./run/lock";
import { project } from "./settings";
import type { LabSettings, NodeKind } from "./settings";

interface Started extends Cluster {
  readonly pulumi: Pulumi;
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  readonly node: NodeKind | undefined;
}

/** `make up`: tools, cluster, `pulumi up` of the lab stack, servers Ready. */
export async function up(settings: LabSettings): Promise<void> {
  await withLock(settings.folder, async () => {
    const { api, pulumi, processes, log, node } = await start(settings);
    const line = new Progress().start("pulumi up", `stack ${labStack}`);
    try {
      await pulumi.clearKilled(labStack, settings.folder, log);
      await repairStack(pulumi, api, log);
      let seen = "";
      const output = await pulumi.must(["up", "--yes", "--stack", labStack], log, (text) => {
        if (/^ [+~-] {2}/.test(text)) line.update((seen = text.trim()));
      });
      line.done(changes(output) || seen);
    } catch (error) {
      line.failed("failed");
      throw error;
    }
    const json = await pulumi.must(["stack", "output", "--json", "--stack", labStack], log);
    const { servers = {} } = JSON.parse(json) as {
      readonly servers?: Readonly<Record<string, ServerOutput>>;
    };
    const operatorLog = node === "kwok" ? processes.log("operator-host") : undefined;
    const fleet = await waitReady(api, servers, operatorLog);
    console.log(
      `\n${fleetTable(fleet, process.stdout.columns)}\n\n${nextSteps(settings, node === "real" ? fleet[0] : undefined)}`,
    );
  });
}

/** `make lab`: the control plane alone, for work by hand. */
export async function lab(settings: LabSettings): Promise<void> {
  await withLock(settings.folder, async () => {
    const { env } = await start(settings);
    const lines = Object.entries(env).map(([name, value]) => `export ${name}=${quote(value)}`);
    console.log(`${lines.join("\n")}\n# then, for example: pulumi up --stack ${labStack}`);
  });
}

/** Builds all that labs of this machine and their tests need, and starts none: what `make test` does first. */
export async function tools(settings: LabSettings): Promise<void> {
  const reason = whyNoRealNode(settings);
  console.error(nodeLine(reason === undefined ? { kind: "real" } : { kind: "kwok", reason }));
  if (reason !== undefined) await findTools(settings, "tests", "kwok");
  else await findImages(settings, await findTools(settings, "tests", "kwok", "real"));
}

async function start(settings: LabSettings): Promise<Started> {
  const node = settings.existingCluster ? undefined : chooseNode(settings);
  if (node) console.error(nodeLine(node));
  const tools = await findTools(settings, node?.kind ?? "kwok");
  const cluster = await startCluster(settings, node?.kind ?? "kwok", tools);
  const env = pulumiEnvironment(settings.folder, tools, cluster.kubeconfig);
  const pulumi = new Pulumi(env, settings.folder);
  const log = cluster.processes.log("pulumi");
  await pulumi.must(["stack", "select", "--create", labStack], log);
  return { ...cluster, pulumi, env, log, node: node?.kind };
}

/** Which node the lab has, and what that means. */
function nodeLine({ kind, reason }: NodeChoice): string {
  if (kind === "real") return "  node: real; pods run, and packets meet the network rules";
  const why = reason === undefined ? "" : ` (a real one cannot run: ${reason})`;
  return `  node: simulated by kwok, nothing runs in pods${why}`;
}

function changes(output: string): string {
  const summary = output.slice(output.lastIndexOf("Resources:"));
  return summary
    .split("\n")
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => /^([+~-]|\d+ unchanged)/.test(line))
    .join(", ");
}

/** What to try next; a server that runs can be called from this machine. */
function nextSteps(settings: LabSettings, callable: ServerStatus | undefined): string {
  const inventory = relative(process.cwd(), `${project}/inventory`) || ".";
  return [
    "Next:",
    `  eval "$(make -s lab)"          KUBECONFIG and Pulumi's environment in this shell`,
    `  kubectl get mcpservers -A      what the operator says`,
    ...(callable
      ? [
          `  kubectl port-forward -n ${callable.namespace} svc/${proxyService(callable)} ${proxyPort}`,
          `                                 ${callable.name} at ${localUrl(callable)}, for any MCP client`,
        ]
      : []),
    `  add an entry to ${inventory}/servers/, then: npx mcp-fleet check && make up`,
    `  make down                      removes all of it${settings.existingCluster ? " from your cluster" : ""}`,
  ].join("\n");
}

/** A server's address as a forwarded port has it. */
function localUrl({ url }: ServerStatus): string {
  const { port, pathname } = new URL(url);
  return `http://localhost:${port}${pathname}`;
}

function quote(value: string): string {
  return /^[\w/.:=,@-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
