import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tools } from "../build/tools";
import { Progress } from "../progress";
import type { LabSettings } from "../settings";
import { answers } from "./health";
import { addresses } from "./addresses";
import { auditArguments } from "./audit";
import { ensureKeys } from "./keys";
import type { Keys, UserName } from "./keys";
import { writeKubeconfig } from "./kubeconfig";
import { freePorts, requireFree } from "./ports";
import type { Daemon, Processes } from "./process";

/** Where a control plane runs, and how this machine reaches it. */
export interface Site {
  /** Address of its API server. */
  readonly server: string;
  /** Address that its servers listen on, the database apart, which only loopback reaches. */
  readonly host: string;
  /** Address that the API server listens on. */
  readonly bind: string;
  /** Ports that its servers listen on. */
  readonly ports: Ports;
  /** Whether this machine's loopback is theirs too. */
  readonly onLoopback: boolean;
  /** A process that runs there. */
  readonly inside: (daemon: Daemon) => Daemon;
  /** Further arguments of the controller-manager. */
  readonly controllers: readonly string[];
}

/** A control plane that runs. */
export interface ControlPlane {
  /** Kubeconfig of its administrator. */
  readonly kubeconfig: string;
  /** Writes the kubeconfig of one of its users. */
  readonly configOf: (user: UserName) => string;
  /** Where it runs. */
  readonly site: Site;
  /** Its keys. */
  readonly keys: Keys;
}

const portNames = ["etcd", "etcdPeer", "api", "controllers", "scheduler", "operator"] as const;

/** Ports by their use. */
export type Ports = Readonly<Record<(typeof portNames)[number], number>>;

/** Names of the processes in the order of their start. */
export const controlPlaneNames = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
] as const;

/** This machine's loopback, on ports that are free, and kept over restarts, so that a kubeconfig stays true. */
export async function loopbackSite(settings: LabSettings, processes: Processes): Promise<Site> {
  const ports = await choosePorts(settings, processes);
  const host = "127.0.0.1";
  return {
    server: `https://${host}:${ports.api}`,
    host,
    bind: host,
    ports,
    onLoopback: true,
    inside: (daemon) => daemon,
    controllers: [],
  };
}

/**
 * Starts what does not run yet of etcd, API server, controller-manager and scheduler, and waits until
 * they are ready. Nothing of the API server's admission or validation is switched off.
 * @throws {LabError} when one does not come up, with the last lines of its log.
 */
export async function startControlPlane(
  settings: LabSettings,
  site: Site,
  tools: Tools,
  processes: Processes,
): Promise<ControlPlane> {
  const { folder } = settings;
  const keys = await ensureKeys(join(folder, "keys"), [site.host]);
  const { ports, server, host } = site;
  const configOf: ControlPlane["configOf"] = (user) => {
    const file = join(folder, user === "admin" ? "kubeconfig" : `keys/${user}.kubeconfig`);
    writeKubeconfig(file, server, keys.ca, { token: keys.users[user] });
    return file;
  };
  const kubeconfig = configOf("admin");
  const progress = new Progress();
  const run = (daemon: Daemon, url: string, token?: string): Promise<void> =>
    startOne(progress, processes, site.inside(daemon), () => answers(url, token));
  const secure = (port: number): readonly string[] => [
    `--bind-address=${host}`,
    `--secure-port=${port}`,
    "--leader-elect=false",
  ];
  if (site.onLoopback)
    await run(etcd(folder, tools, ports), `http://127.0.0.1:${ports.etcd}/health`);
  // The API server is ready only when its database is, which cannot be asked from here.
  else processes.start(site.inside(etcd(folder, tools, ports)));
  await run(
    apiServer(tools, keys, site, auditArguments(settings)),
    `${server}/readyz`,
    keys.users.admin,
  );
  const controllers = controllerManager(tools, keys, configOf("kube-controller-manager"), [
    ...secure(ports.controllers),
    `--cert-dir=${join(folder, "keys", "kube-controller-manager")}`,
    ...site.controllers,
  ]);
  const scheduler: Daemon = {
    name: "kube-scheduler",
    program: tools.program("kube-scheduler"),
    args: [
      `--kubeconfig=${configOf("kube-scheduler")}`,
      `--cert-dir=${join(folder, "keys", "kube-scheduler")}`,
      ...secure(ports.scheduler),
    ],
  };
  await Promise.all([
    run(controllers, `https://${host}:${ports.controllers}/healthz`),
    run(scheduler, `https://${host}:${ports.scheduler}/healthz`),
  ]);
  return { kubeconfig, configOf, site, keys };
}

/** Starts a process, waits for its check, and shows both as a line of progress. */
export async function startOne(
  progress: Progress,
  processes: Processes,
  daemon: Daemon,
  check: () => Promise<boolean>,
): Promise<void> {
  const line = progress.start(daemon.name);
  const started = processes.start(daemon);
  try {
    await processes.ready(daemon.name, check);
  } catch (error) {
    line.failed("failed");
    throw error;
  }
  line.done(started ? "started" : "runs already");
}

async function choosePorts(settings: LabSettings, processes: Processes): Promise<Ports> {
  const file = join(settings.folder, "ports.json");
  const wanted = settings.port;
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Ports) : undefined;
  if (kept && controlPlaneNames.some((name) => processes.pid(name) !== undefined)) return kept;
  const free = await freePorts(portNames.length);
  const chosen = Object.fromEntries(portNames.map((name, i) => [name, free[i]])) as Ports;
  if (wanted !== undefined) await requireFree(wanted, "the API server");
  const ports = { ...chosen, ...(wanted !== undefined && { api: wanted }) };
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

function etcd(folder: string, tools: Tools, ports: Ports): Daemon {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return {
    name: "etcd",
    program: tools.program("etcd"),
    args: [
      `--data-dir=${join(folder, "etcd")}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      // Writes still reach the kernel; only a crash of the machine could lose them, and a lab may.
      "--unsafe-no-fsync",
    ],
  };
}

function apiServer(tools: Tools, keys: Keys, site: Site, more: readonly string[]): Daemon {
  const { ports } = site;
  return {
    name: "kube-apiserver",
    program: tools.program("kube-apiserver"),
    args: [
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      `--bind-address=${site.bind}`,
      // What pods are told; on a simulated node none asks.
      `--advertise-address=${addresses.node.v4}`,
      `--secure-port=${ports.api}`,
      `--tls-cert-file=${keys.server}`,
      `--tls-private-key-file=${keys.serverKey}`,
      `--client-ca-file=${keys.ca}`,
      `--kubelet-client-certificate=${keys.kubeletClient}`,
      `--kubelet-client-key=${keys.kubeletClientKey}`,
      "--kubelet-preferred-address-types=InternalIP",
      "--allow-privileged",
      "--authorization-mode=Node,RBAC",
      "--enable-admission-plugins=NodeRestriction",
      `--token-auth-file=${keys.tokens}`,
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${keys.accounts}`,
      `--service-account-signing-key-file=${keys.accounts}`,
      `--service-cluster-ip-range=${addresses.services.v4},${addresses.services.v6}`,
      ...more,
    ],
  };
}

function controllerManager(
  tools: Tools,
  keys: Keys,
  kubeconfig: string,
  args: readonly string[],
): Daemon {
  return {
    name: "kube-controller-manager",
    program: tools.program("kube-controller-manager"),
    args: [
      `--kubeconfig=${kubeconfig}`,
      "--use-service-account-credentials",
      `--service-account-private-key-file=${keys.accounts}`,
      `--root-ca-file=${keys.ca}`,
      `--cluster-signing-cert-file=${keys.ca}`,
      `--cluster-signing-key-file=${keys.caKey}`,
      ...args,
    ],
  };
}
