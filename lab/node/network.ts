import { execFileSync } from "node:child_process";
import { LabError } from "../problem";
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
    unlink(device);
    ip([
      `link add ${device} type veth peer name lab netns ${space.holder}`,
      `addr replace ${space.link.machine}/30 dev ${device}`,
      `link set ${device} up`,
    ]);
    ip(insideLink(space), space.holder);
  });
  // It is another process when it was ended, and its end of the link went with it.
  space.once(`world-${world}`, () => {
    unlink("world", space.holder);
    unlink("node", world);
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
    `addr replace ${link.lab}/30 dev lab`,
    "link set lab up",
    // The link is for this machine's commands; no pod gets out, or at this machine, by it.
    `rule add from ${addresses.pods.v4} to ${linkRange} prohibit priority 100`,
  ];
}

function insideWorld(pid: number): readonly string[] {
  const { node, world } = addresses;
  return [
    `link add world type veth peer name node netns ${pid}`,
    `addr replace ${node.v4}/24 dev world`,
    `addr replace ${node.v6}/64 dev world nodad`,
    "link set world up",
    `route replace default via ${world.v4}`,
    `route replace default via ${world.v6} dev world`,
  ];
}

function outside(): readonly string[] {
  const { world } = addresses;
  return [
    "link set lo up",
    `addr replace ${world.v4}/24 dev node`,
    `addr replace ${world.v6}/64 dev node nodad`,
    "link set node up",
    ...Object.values(worldAddresses).flatMap((one) =>
      Object.values(one).map(
        (address) => `addr replace ${address}/${address.includes(":") ? 128 : 32} dev lo`,
      ),
    ),
  ];
}

/** Runs commands of ip(8) on the machine, or in the network of a process. */
function ip(commands: readonly string[], pid?: number): void {
  const batch = ["ip", "-batch", "-"];
  const [program = "", ...args] =
    pid === undefined ? batch : ["nsenter", `--net=/proc/${pid}/ns/net`, ...batch];
  try {
    execFileSync(program, args, { input: `${commands.join("\n")}\n`, stdio: "pipe" });
  } catch (error) {
    const { stderr = "" } = error as { readonly stderr?: Buffer };
    throw new LabError(
      `The lab's network could not be made: ${stderr.toString().trim()}\n  ${commands.join("\n  ")}`,
      "`make down` and `make up` begin anew; LAB_NODE=kwok needs none of it.",
    );
  }
}

/** Removes what is left of a link whose other end has gone, or is going: the kernel takes its time. */
function unlink(device: string, pid?: number): void {
  try {
    ip([`link del ${device}`], pid);
  } catch {
    // There is nothing left.
  }
}
