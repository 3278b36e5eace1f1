import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { isExecutable } from "../build/cache";
import { LabError } from "../problem";
import { Progress } from "../progress";
import { nodeKinds } from "../settings";
import type { LabSettings, NodeKind } from "../settings";

/** The node that a lab gets. */
export interface NodeChoice {
  /** Its kind. */
  readonly kind: NodeKind;
  /** Why it is not a real one, where nobody asked for another. */
  readonly reason?: string;
}

/** Programs that a real node runs, and the Debian package of each. */
const programs: Readonly<Record<string, string>> = {
  containerd: "containerd",
  runc: "runc",
  iptables: "iptables",
  ip6tables: "iptables",
  ipset: "ipset",
  conntrack: "conntrack",
  ip: "iproute2",
  unshare: "util-linux",
  nsenter: "util-linux",
  mount: "mount",
  buildah: "buildah",
  "docker-registry": "docker-registry",
};

const cniFolders = ["/usr/lib/cni", "/opt/cni/bin"];
const cniPackage = "containernetworking-plugins";
const kindFile = "node-kind";
const guard = "/usr/sbin/policy-rc.d";

/** Folder of the CNI plugins. */
export function cniPlugins(): string | undefined {
  return cniFolders.find((folder) => isExecutable(join(folder, "ptp")));
}

/**
 * Which node a lab gets: the one it has, the one that is asked for, or a real one where it can run.
 * Missing Debian packages are installed where that is possible.
 * @throws {LabError} when what is asked for cannot be.
 */
export function chooseNode(settings: LabSettings): NodeChoice {
  const has = nodeOf(settings.folder);
  if (has && settings.node && has !== settings.node)
    throw new LabError(
      `This lab has a node of kind ${has}, and LAB_NODE=${settings.node}.`,
      "`make down` removes it, or choose another lab with LAB_DIR.",
    );
  const choice: NodeChoice = has ? { kind: has } : newNode(settings);
  if (!has) writeFileSync(join(settings.folder, kindFile), choice.kind);
  return choice;
}

/** The node that a lab has. */
export function nodeOf(folder: string): NodeKind | undefined {
  const file = join(folder, kindFile);
  return nodeKinds.find((kind) => existsSync(file) && readFileSync(file, "utf8") === kind);
}

function newNode(settings: LabSettings): NodeChoice {
  if (settings.node === "kwok") return { kind: "kwok" };
  const reason = whyNoRealNode(settings);
  if (reason === undefined) return { kind: "real" };
  if (settings.node === "real")
    throw new LabError(
      `A real node cannot run here: ${reason}.`,
      "Mend that, or set LAB_NODE=kwok.",
    );
  return { kind: "kwok", reason };
}

/** Why a lab cannot have a real node here; undefined when it can, missing packages having been installed. */
export function whyNoRealNode(settings: LabSettings): string | undefined {
  return obstacle(settings) ?? whyWithout(missingPackages());
}

/** Why one of a node's programs cannot be had alone; undefined when it can, its package having been installed. */
export function whyNoProgram(name: string): string | undefined {
  const pack = programs[name];
  if (pack === undefined) throw new TypeError(`no package is known for ${name}`);
  return whyWithout(isThere(name) ? [] : [pack]);
}

/** What no package can mend. */
function obstacle({ folder, cache, port }: LabSettings): string | undefined {
  if (process.platform !== "linux") return `it needs Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0) return "it needs root";
  if (port !== undefined) return "LAB_PORT is set, and its API server has a network of its own";
  const covered = [folder, cache].find((path) => /^\/(?:run|var)\//.test(path));
  if (covered !== undefined) return `${covered} lies where the node has folders of its own`;
  const namespaces = ["--net", "--mount", "--pid", "--fork", "--mount-proc", "ip", "link", "show"];
  if (spawnSync("unshare", namespaces).status !== 0)
    return "the kernel gives no namespaces for network, mounts and processes";
  return undefined;
}

/** Why there is no doing without packages that are missing; undefined when they could be installed. */
function whyWithout(missing: readonly string[]): string | undefined {
  if (missing.length === 0) return undefined;
  const names = missing.join(", ");
  if (!isExecutable("/usr/bin/apt-get") || process.getuid?.() !== 0)
    return `these are missing, by Debian's names: ${names}`;
  const line = new Progress().start("node packages", `installing ${names}`);
  try {
    install(missing);
  } catch (error) {
    line.failed("failed");
    const { stderr = "" } = error as { readonly stderr?: Buffer };
    return `apt-get could not install ${names}: ${stderr.toString().trim().split("\n").at(-1) ?? ""}`;
  }
  const left = missingPackages().filter((pack) => missing.includes(pack));
  line.done(`installed ${names}`);
  return left.length === 0 ? undefined : `${left.join(", ")} did not bring what the lab needs`;
}

function missingPackages(): readonly string[] {
  const missing = Object.entries(programs).flatMap(([name, pack]) => (isThere(name) ? [] : [pack]));
  return [...new Set([...missing, ...(cniPlugins() === undefined ? [cniPackage] : [])])];
}

function isThere(name: string): boolean {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders.some((folder) => isExecutable(join(folder, name)));
}

/** Installs packages, but starts none of their services: the lab runs its own. */
function install(names: readonly string[]): void {
  const guarded = existsSync(guard);
  if (!guarded) {
    writeFileSync(guard, "#!/bin/sh\nexit 101\n");
    chmodSync(guard, 0o755);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update", "-qq"], { env, stdio: "pipe" });
    const args = ["install", "-y", "-qq", "--no-install-recommends", ...names];
    execFileSync("apt-get", args, { env, stdio: "pipe" });
  } finally {
    if (!guarded) rmSync(guard);
  }
}
