import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LabError } from "../problem";
import { startTime } from "../run/pid";
import type { Daemon, Processes } from "../run/process";
import { machineLink } from "./link";
import type { MachineLink } from "./link";

/** Name of the process that holds the namespaces; all of them go with it. */
const spaceName = "node-space";

/** The namespaces that a lab's cluster lives in: network, mounts and processes of its own. */
export interface Space {
  /** Process id, as the machine counts, of the first process in them. */
  readonly holder: number;
  /** The link between the machine and them. */
  readonly link: MachineLink;
  /** A process that runs inside, and is started again whenever it ends. */
  readonly inside: (daemon: Daemon) => Daemon;
  /** Runs a command inside, to its end. */
  readonly run: (program: string, args: readonly string[], input?: string) => void;
  /** Does something that is done once in the life of the namespaces; what was cut short is done again. */
  readonly once: (name: string, action: () => void) => void;
}

// Ignored signals stay ignored over exec: the kernel then buries every orphan by itself.
const firstProcess = `trap "" CHLD; exec sleep infinity`;
const again = `while :; do "$@"; sleep 1; done`;

/**
 * Makes the lab's namespaces, or finds them.
 * @throws {LabError} when the kernel refuses.
 */
export async function openSpace(folder: string, processes: Processes): Promise<Space> {
  processes.start({
    name: spaceName,
    program: "unshare",
    args: [
      ...["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"],
      ...["sh", "-c", firstProcess],
    ],
  });
  const holder = await firstOf(processes);
  const link = machineLink(folder);
  const enter = ["--target", String(holder), "--net", "--mount", "--pid", "--"];
  const run: Space["run"] = (program, args, input = "") => {
    execFileSync("nsenter", [...enter, program, ...args], { input, stdio: "pipe" });
  };
  const space: Space = {
    holder,
    link,
    run,
    once: (name, action) => {
      const mark = `/run/mcp-fleet/${name}`;
      if (succeeds(run, "test", ["-e", mark])) return;
      action();
      run("touch", [mark]);
    },
    inside: ({ program, args, ...daemon }) => ({
      ...daemon,
      program: "nsenter",
      args: [...enter, "sh", "-c", again, daemon.name, program, ...args],
    }),
  };
  space.once("mounts", () => {
    mount(space, folder);
  });
  return space;
}

async function firstOf(processes: Processes): Promise<number> {
  let holder: number | undefined;
  await processes.ready(spaceName, () => {
    holder = childOf(processes.pid(spaceName));
    return Promise.resolve(holder !== undefined && comm(holder) === "sleep");
  });
  if (holder === undefined) throw new Error("the first process is gone");
  return holder;
}

function succeeds(run: Space["run"], program: string, args: readonly string[]): boolean {
  try {
    run(program, args);
    return true;
  } catch {
    return false;
  }
}

/** The only child of a process. */
export function childOf(pid: number | undefined): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid ?? 0}/task/${pid ?? 0}/children`, "utf8");
    return children.trim() === "" ? undefined : Number(children.trim().split(" ")[0]);
  } catch {
    return undefined;
  }
}

/** Whether a process lives in another network than this one. */
export function hasOwnNetwork(pid: number): boolean {
  return readlinkSync(`/proc/${pid}/ns/net`) !== readlinkSync("/proc/self/ns/net");
}

function comm(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

/** Ends the lab's namespaces with every process and mount in them. */
export async function closeSpace(processes: Processes): Promise<void> {
  const holder = childOf(processes.pid(spaceName));
  const started = holder === undefined ? undefined : startTime(holder);
  if (holder !== undefined && comm(holder) !== "") {
    // The kernel then kills all that were born in its process namespace, and waits for them.
    process.kill(holder, "SIGKILL");
    while (startTime(holder) === started && started !== undefined) await sleep(50);
  }
  await processes.stop(spaceName);
}

/** Short name that no other lab has. */
export function labId(folder: string): string {
  return createHash("sha256").update(folder).digest("hex").slice(0, 10);
}

/*
 * What programs of the node write without being asked: their sockets and locks under /run, their state
 * under /var, and settings of the kernel that belong to the machine. All of it stays inside.
 */
function mount(space: Space, folder: string): void {
  const kernel = join(folder, "node", "kernel");
  mkdirSync(kernel, { recursive: true });
  const mounts = ["tmpfs /run", "overlay /var", ...Object.keys(kernelSettings)];
  try {
    space.run("mount", ["-t", "tmpfs", "tmpfs", "/run"]);
    space.run("mkdir", ["-p", "/run/var/upper", "/run/var/work", "/run/lock", "/run/mcp-fleet"]);
    space.run("mount", [
      ...["-t", "overlay", "overlay"],
      ...["-o", "lowerdir=/var,upperdir=/run/var/upper,workdir=/run/var/work", "/var"],
    ]);
    space.run("mkdir", [
      "-p",
      "/var/lib/kubelet",
      "/var/lib/cni",
      "/var/log/pods",
      "/var/log/containers",
    ]);
    // The kubelet sets these when they differ; it finds what it wants, and the machine keeps its own.
    for (const [name, value] of Object.entries(kernelSettings)) {
      if (!existsSync(`/proc/sys/${name}`)) continue;
      const file = join(kernel, name.replaceAll("/", "."));
      writeFileSync(file, `${value}\n`);
      space.run("mount", ["--bind", file, `/proc/sys/${name}`]);
    }
  } catch (error) {
    throw new LabError(
      `The node's own mounts (${mounts.join(", ")}) could not be made: ${(error as Error).message}`,
      "LAB_NODE=kwok needs none of them.",
    );
  }
}

// What the kubelet wants: pkg/kubelet/cm/container_manager_linux.go, setupKernelTunables.
const kernelSettings: Readonly<Record<string, number>> = {
  "vm/overcommit_memory": 1,
  "vm/panic_on_oom": 0,
  "kernel/panic": 10,
  "kernel/panic_on_oops": 1,
  "kernel/keys/root_maxkeys": 1000000,
  "kernel/keys/root_maxbytes": 25000000,
};
