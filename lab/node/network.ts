import { execFileSync } from "node:child_process";
import { networkInterfaces } from "node:os";
import { addresses } from "../run/addresses";
import { linkRange } from "./link";
import { labId } from "./space";
import type { Space } from "./space";

/**
 * Addresses that the outside world plays, by what they are. All belong to its one process; which of them
 * a pod reaches is the rules' matter alone.
 */
export const worldAddresses = {
  public: { v4: "93.184.215.14", v6: "2606:2800:21f:cb07:6820:80da:af6b:8b2c" },
  private: { v4: "10.11.12.13", v6: "fd12:3456:789a::1" },
  privateToo: { v4: "172.20.1.2" },
  privateAsWell: { v4: "192.168.7.7" },
  shared: { v4: "100.64.1.1" },
  metadata: { v4: "169.254.169.254", v6: "fd00:ec2::254" },
} as const;

/** Links the lab's network with the machine and with the outside world; nothing is done twice. */
export function connect(space: Space, world: number, folder: string): void {
  space.once("link", () => {
    const device = machineDevice(folder);
    if (device in networkInterfaces()) ip([`link del ${device}`]);
    ip([
      `link add ${device} type veth peer name lab netns ${space.holder}`,
      `addr add ${space.link.machine}/30 dev ${device}`,
      `link set ${device} up`,
    ]);
    ip(insideLink(space), space.holder);
  });
  // It is another process when it was ended, and its end of the link went with it.
  space.once(`world-${world}`, () => {
    try {
      ip(["link del world"], space.holder);
    } catch {
      // There was none.
    }
    ip(insideWorld(world), space.holder);
    ip(outside(), world);
  });
}

/** The machine's end of the link to a lab. */
export function machineDevice(folder: string): string {
  return `mf${labId(folder)}`;
}

function insideLink({ link }: Space): readonly string[] {
  return [
    "link set lo up",
    `addr add ${link.lab}/30 dev lab`,
    "link set lab up",
    // The link is for this machine's commands; no pod gets out, or at this machine, by it.
    `rule add from ${addresses.pods.v4} to ${linkRange} prohibit priority 100`,
  ];
}

function insideWorld(pid: number): readonly string[] {
  const { node, world } = addresses;
  return [
    `link add world type veth peer name node netns ${pid}`,
    `addr add ${node.v4}/24 dev world`,
    `addr add ${node.v6}/64 dev world nodad`,
    "link set world up",
    `route add default via ${world.v4}`,
    `route add default via ${world.v6} dev world`,
  ];
}

function outside(): readonly string[] {
  const { world } = addresses;
  return [
    "link set lo up",
    `addr add ${world.v4}/24 dev node`,
    `addr add ${world.v6}/64 dev node nodad`,
    "link set node up",
    ...Object.values(worldAddresses).flatMap((one) =>
      Object.values(one).map(
        (address) => `addr add ${address}/${address.includes(":") ? 128 : 32} dev lo`,
      ),
    ),
  ];
}

/** Runs commands of ip(8) on the machine, or in the network of a process. */
function ip(commands: readonly string[], pid?: number): void {
  const batch = ["ip", "-batch", "-"];
  const [program = "", ...args] =
    pid === undefined ? batch : ["nsenter", `--net=/proc/${pid}/ns/net`, ...batch];
  execFileSync(program, args, { input: `${commands.join("\n")}\n`, stdio: "pipe" });
}
