import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Tools } from "./build/tools";
import { linkCharts } from "./charts";
import { startRealCluster } from "./node/real";
import { startSimulatedNode } from "./node/simulated";
import { LabError } from "./problem";
import { Progress } from "./progress";
import { Api } from "./run/api";
import { loopbackSite, startControlPlane, startOne } from "./run/control-plane";
import type { ControlPlane } from "./run/control-plane";
import { Processes } from "./run/process";
import { project } from "./settings";
import type { LabSettings, NodeKind } from "./settings";

/** A cluster that answers: the lab's own, or the user's. */
export interface Cluster {
  /** Kubeconfig file. */
  readonly kubeconfig: string;
  /** Client. */
  readonly api: Api;
  /** Background processes of the lab. */
  readonly processes: Processes;
}

/**
 * Brings the cluster up, or finds the user's own.
 * @throws {LabError} when there is none in the end.
 */
export async function startCluster(
  settings: LabSettings,
  node: NodeKind,
  tools: Tools,
): Promise<Cluster> {
  const processes = new Processes(settings.folder);
  linkCharts(tools);
  if (settings.existingCluster) return { ...(await existing()), processes };
  const { kubeconfig } =
    node === "real"
      ? await startRealCluster(settings, tools, processes)
      : await startSimulatedCluster(settings, tools, processes);
  return { kubeconfig, api: new Api(kubeconfig), processes };
}

async function startSimulatedCluster(
  settings: LabSettings,
  tools: Tools,
  processes: Processes,
): Promise<ControlPlane> {
  const site = await loopbackSite(settings, processes);
  const plane = await startControlPlane(settings, site, tools, processes);
  await startSimulatedNode(tools, processes, plane, new Api(plane.kubeconfig));
  await startStandIns(settings, tools, processes, plane);
  return plane;
}

async function existing(): Promise<{ readonly kubeconfig: string; readonly api: Api }> {
  const kubeconfig = process.env.KUBECONFIG ?? join(homedir(), ".kube", "config");
  if (!existsSync(kubeconfig))
    throw new LabError(
      `LAB_CLUSTER=kubeconfig, but there is no file ${kubeconfig}.`,
      "Set KUBECONFIG to the file of your cluster, or unset LAB_CLUSTER for one of the lab's own.",
    );
  const api = new Api(kubeconfig);
  const server = api.config.getCurrentCluster()?.server ?? "";
  if (!(await api.answers()))
    throw new LabError(
      `The cluster of ${kubeconfig} (${server}) does not answer.`,
      "Check the address and your access with `kubectl version`.",
    );
  return { kubeconfig, api };
}

/**
 * Starts what does the pods' work where no pod runs: the operator beside the cluster whenever its
 * Deployment is there, and the first half of every proxy's work.
 */
async function startStandIns(
  settings: LabSettings,
  tools: Tools,
  processes: Processes,
  plane: ControlPlane,
): Promise<void> {
  const operatorHost = {
    name: "operator-host",
    program: process.execPath,
    args: [
      "--require",
      require.resolve("esbuild-register"),
      join(project, "lab", "run", "operator-host.ts"),
      plane.kubeconfig,
      tools.program("thv-operator"),
      join(settings.folder, "operator"),
      plane.site.server,
      plane.keys.ca,
      String(plane.site.ports.operator),
    ],
  };
  const proxies = {
    name: "proxy-stand-in",
    program: tools.program("proxy-stand-in"),
    args: [plane.configOf("kwok")],
  };
  const progress = new Progress();
  for (const daemon of [operatorHost, proxies])
    await startOne(progress, processes, daemon, () => Promise.resolve(true));
}
