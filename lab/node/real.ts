import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { V1Node } from "@kubernetes/client-node";
import type { Tools } from "../build/tools";
import { findImages, registryConfig, registryProgram } from "../images/store";
import { pauseImage, registries } from "../images/table";
import { LabError } from "../problem";
import { Progress } from "../progress";
import { addresses } from "../run/addresses";
import { Api } from "../run/api";
import { startControlPlane, startOne } from "../run/control-plane";
import type { ControlPlane, Site } from "../run/control-plane";
import { nodeName } from "../run/keys";
import type { Daemon, Processes } from "../run/process";
import { project } from "../settings";
import type { LabSettings } from "../settings";
import { makeCgroups, removeCgroups } from "./cgroups";
import { containerd, registryAddress } from "./containerd";
import { dnsAnswers, makeDns } from "./dns";
import { kubeProxy, kubeRouter, kubelet } from "./kubelet";
import { cniPlugins } from "./needs";
import { connect } from "./network";
import { closeSpace, hasOwnNetwork, openSpace } from "./space";
import type { Space } from "./space";

/** Name of the process that plays the outside world. */
const worldName = "world";

const ports = {
  etcd: 2379,
  etcdPeer: 2380,
  api: 6443,
  controllers: 10257,
  scheduler: 10259,
  operator: 0,
} as const;

/**
 * Starts the control plane and a node on which pods run, all in a network, a mount area and a process
 * space of their own, linked with this machine and with an outside world that is a network of its own too.
 * @throws {LabError} when a part does not come up.
 */
export async function startRealCluster(
  settings: LabSettings,
  tools: Tools,
  processes: Processes,
): Promise<ControlPlane> {
  const { folder } = settings;
  const images = await findImages(settings, tools);
  const space = await openSpace(folder, processes);
  processes.start(world);
  const worldPid = processes.pid(worldName);
  if (worldPid === undefined)
    throw new LabError("The outside world ended.", "The log says why.", processes.log(worldName));
  await processes.ready(worldName, () => Promise.resolve(hasOwnNetwork(worldPid)));
  connect(space, worldPid, folder);
  makeCgroups(folder);
  const plane = await startControlPlane(settings, site(space), tools, processes);
  await startNode(settings, tools, processes, plane, images);
  return plane;
}

/** Ends the cluster with all that ran, was mounted or was linked in it. */
export async function stopRealCluster(folder: string, processes: Processes): Promise<void> {
  await closeSpace(processes);
  await processes.stop(worldName);
  removeCgroups(folder);
}

const world: Daemon = {
  name: worldName,
  program: "unshare",
  args: [
    ...["--net", process.execPath, "--require", require.resolve("esbuild-register")],
    join(project, "lab", "node", "world.ts"),
  ],
};

function site({ link, inside }: Space): Site {
  const { pods, services } = addresses;
  return {
    server: `https://${link.lab}:${ports.api}`,
    host: link.lab,
    bind: "0.0.0.0",
    ports,
    onLoopback: false,
    inside,
    controllers: [
      "--allocate-node-cidrs",
      `--cluster-cidr=${pods.v4},${pods.v6}`,
      "--node-cidr-mask-size-ipv4=24",
      "--node-cidr-mask-size-ipv6=64",
      `--service-cluster-ip-range=${services.v4},${services.v6}`,
    ],
  };
}

async function startNode(
  { folder }: LabSettings,
  tools: Tools,
  processes: Processes,
  { kubeconfig, configOf, site: { inside }, keys }: ControlPlane,
  images: string,
): Promise<void> {
  const api = new Api(kubeconfig);
  const input = { folder, tools, ca: keys.ca, kubeconfig: configOf };
  const progress = new Progress();
  const start = async (daemon: Daemon, check: () => Promise<boolean>): Promise<void> => {
    await startOne(progress, processes, inside(daemon), check);
  };
  const now = (): Promise<boolean> => Promise.resolve(true);
  const plugins = cniPlugins();
  if (plugins === undefined)
    throw new LabError("The CNI plugins are gone.", "Install containernetworking-plugins.");
  await start(registry(folder, images), now);
  const runtime = { folder, cniPlugins: plugins, pause: pauseImage, registries };
  await start(containerd(runtime), now);
  await start(kubelet(input), () => nodeReady(api));
  await start(kubeProxy(input), now);
  await start(kubeRouter(input), now);
  const line = progress.start("coredns");
  await makeDns(api);
  await processes.ready("kubelet", () => dnsAnswers(api));
  line.done("answers");
}

function registry(folder: string, images: string): Daemon {
  const config = join(folder, "node", "registry.yaml");
  mkdirSync(join(folder, "node"), { recursive: true });
  writeFileSync(config, registryConfig(images, registryAddress, false));
  return { name: "registry", program: registryProgram, args: ["serve", config] };
}

async function nodeReady(api: Api): Promise<boolean> {
  const node = await api.read<V1Node>({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: nodeName },
  });
  const conditions = node?.status?.conditions ?? [];
  return conditions.some(({ type, status }) => type === "Ready" && status === "True");
}
