import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Tools } from "../build/tools";
import { nodeName } from "../run/keys";
import type { UserName } from "../run/keys";
import type { Daemon } from "../run/process";
import { cgroupPath } from "./cgroups";
import { containerdSocket } from "./containerd";
import { addresses } from "../run/addresses";

/** What the programs of the node need. */
export interface NodeInput {
  /** The lab's folder. */
  readonly folder: string;
  /** The lab's tools. */
  readonly tools: Tools;
  /** Certificate that signs those of the API server's clients. */
  readonly ca: string;
  /** Writes the kubeconfig of a user. */
  readonly kubeconfig: (user: UserName) => string;
}

/** The kubelet. */
export function kubelet({ folder, tools, ca, kubeconfig }: NodeInput): Daemon {
  const at = join(folder, "node");
  const root = join(at, "kubelet");
  mkdirSync(root, { recursive: true });
  const resolv = join(at, "resolv.conf");
  writeFileSync(resolv, `nameserver ${addresses.world.v4}\n`);
  const config = write(join(at, "kubelet.yaml"), {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: addresses.node.v4,
    authentication: {
      x509: { clientCAFile: ca },
      webhook: { enabled: true },
      anonymous: { enabled: false },
    },
    authorization: { mode: "Webhook" },
    cgroupDriver: "cgroupfs",
    cgroupRoot: cgroupPath(folder),
    clusterDNS: [addresses.dns],
    clusterDomain: "cluster.local",
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    enforceNodeAllocatable: [],
    // A lab's node is as large as its machine, whose disk is nobody's business here.
    evictionHard: { "memory.available": "0%", "nodefs.available": "0%", "imagefs.available": "0%" },
    imageGCHighThresholdPercent: 100,
    failCgroupV1: false,
    failSwapOn: false,
    maxPods: 250,
    podLogsDir: join(at, "pod-logs"),
    resolvConf: resolv,
    seccompDefault: true,
    volumePluginDir: join(at, "volume-plugins"),
  });
  const { v4, v6 } = addresses.node;
  return {
    name: "kubelet",
    program: tools.program("kubelet"),
    args: [
      `--config=${config}`,
      `--kubeconfig=${kubeconfig("kubelet")}`,
      `--root-dir=${root}`,
      `--cert-dir=${join(root, "pki")}`,
      `--hostname-override=${nodeName}`,
      `--node-ip=${v4},${v6}`,
    ],
  };
}

/** What makes Services reachable. */
export function kubeProxy({ folder, tools, kubeconfig }: NodeInput): Daemon {
  const config = write(join(folder, "node", "kube-proxy.yaml"), {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    bindAddress: addresses.node.v4,
    clientConnection: { kubeconfig: kubeconfig("kube-proxy") },
    clusterCIDR: `${addresses.pods.v4},${addresses.pods.v6}`,
    // Limits of connection tracking are the machine's.
    conntrack: { maxPerCore: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
    healthzBindAddress: "127.0.0.1:10256",
    hostnameOverride: nodeName,
    metricsBindAddress: "127.0.0.1:10249",
    mode: "iptables",
  });
  return {
    name: "kube-proxy",
    program: tools.program("kube-proxy"),
    args: [`--config=${config}`],
  };
}

/** What enforces NetworkPolicy, and does nothing else. */
export function kubeRouter({ tools, kubeconfig }: NodeInput): Daemon {
  const { services } = addresses;
  return {
    name: "kube-router",
    program: tools.program("kube-router"),
    args: [
      "--run-firewall=true",
      "--run-router=false",
      "--run-service-proxy=false",
      `--kubeconfig=${kubeconfig("kube-router")}`,
      `--hostname-override=${nodeName}`,
      `--service-cluster-ip-range=${services.v4}`,
      `--service-cluster-ip-range=${services.v6}`,
      "--enable-ipv6=true",
      "--metrics-port=0",
      "--health-port=0",
    ],
  };
}

function write(file: string, config: object): string {
  writeFileSync(file, stringify(config));
  return file;
}
