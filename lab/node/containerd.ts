import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Daemon } from "../run/process";
import { addresses } from "../run/addresses";

/** Socket of the container runtime, inside the lab's own /run. */
export const containerdSocket = "/run/mcp-fleet/containerd.sock";

/** Address of the lab's registry, inside its network. */
export const registryAddress = "127.0.0.1:5000";

/** What the runtime is told. */
export interface ContainerdInput {
  /** The lab's folder. */
  readonly folder: string;
  /** Folder of the CNI plugins. */
  readonly cniPlugins: string;
  /** Image of every pod's first container. */
  readonly pause: string;
  /** Registries that images are named by; all are answered by the lab's own. */
  readonly registries: readonly string[];
}

/** The container runtime, with nothing of it outside the lab's folder. */
export function containerd(input: ContainerdInput): Daemon {
  const folder = join(input.folder, "node");
  const cni = join(folder, "cni");
  const hosts = join(folder, "registries");
  mkdirSync(cni, { recursive: true });
  writeFileSync(join(cni, "10-lab.conflist"), JSON.stringify(network(folder), undefined, 2));
  for (const name of input.registries) {
    mkdirSync(join(hosts, name), { recursive: true });
    writeFileSync(join(hosts, name, "hosts.toml"), mirror(name));
  }
  const config = join(folder, "containerd.toml");
  writeFileSync(config, configuration(input, folder, cni, hosts));
  return { name: "containerd", program: "containerd", args: ["--config", config] };
}

function configuration(
  { pause, cniPlugins }: ContainerdInput,
  folder: string,
  cni: string,
  hosts: string,
): string {
  const text = JSON.stringify;
  return `version = 2
root = ${text(join(folder, "containerd"))}
state = "/run/mcp-fleet/containerd"
# It would make a folder under /opt.
disabled_plugins = ["io.containerd.internal.v1.opt"]
[grpc]
  address = ${text(containerdSocket)}
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = ${text(pause)}
  # A lab in a container may not lower a score, nor load a profile into the machine's kernel.
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = ${text(cniPlugins)}
    conf_dir = ${text(cni)}
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = ${text(hosts)}
`;
}

/** Every pod on a link of its own, so that all its packets are routed and meet the rules. */
function network(folder: string): object {
  const { pods } = addresses;
  return {
    cniVersion: "0.4.0",
    name: "lab",
    plugins: [
      {
        type: "ptp",
        ipMasq: true,
        ipam: {
          type: "host-local",
          dataDir: join(folder, "addresses"),
          ranges: [[{ subnet: nodeRange(pods.v4, 24) }], [{ subnet: nodeRange(pods.v6, 64) }]],
          routes: [{ dst: "0.0.0.0/0" }, { dst: "::/0" }],
        },
      },
      { type: "portmap", capabilities: { portMappings: true } },
    ],
  };
}

/** The first part of the pods' range, which the controller-manager gives the first and only node. */
function nodeRange(range: string, bits: number): string {
  return range.replace(/\/\d+$/, `/${bits}`);
}

function mirror(name: string): string {
  return `server = "http://${registryAddress}/v2/${name}"
[host."http://${registryAddress}/v2/${name}"]
  capabilities = ["pull", "resolve"]
  override_path = true
`;
}
