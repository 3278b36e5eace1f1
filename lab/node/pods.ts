import { execFile } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { V1Pod } from "@kubernetes/client-node";
import { cgroupFolders } from "./cgroups";

const run = promisify(execFile);

/** What the kernel holds a process to. */
export interface SecurityState {
  /** Users: real, effective, saved, of the file system. */
  readonly users: readonly number[];
  /** Capabilities that it has or could get, as masks. */
  readonly capabilities: Readonly<
    Record<"inheritable" | "permitted" | "effective" | "bounding" | "ambient", bigint>
  >;
  /** Whether it can never gain rights. */
  readonly noNewPrivileges: boolean;
  /** Whether a seccomp filter stands before the kernel. */
  readonly seccompFilter: boolean;
  /** Whether its root is read-only. */
  readonly readOnlyRoot: boolean;
  /** Whether it can see a token of a ServiceAccount. */
  readonly token: boolean;
}

/** Process ids, as the machine counts, of a container that runs on the lab's real node. */
export function containerPids(folder: string, pod: V1Pod, container: string): readonly number[] {
  const status = pod.status?.containerStatuses?.find(({ name }) => name === container);
  const id = status?.containerID?.split("//")[1];
  if (id === undefined) return [];
  const [root = ""] = cgroupFolders(folder);
  const group = find(root, id);
  return group === undefined ? [] : pidsIn(group);
}

/** Process ids, as the machine counts, of all pods of a lab. */
export function podPids(folder: string): readonly number[] {
  const [root = ""] = cgroupFolders(folder);
  if (!existsSync(root)) return [];
  const groups = readdirSync(root, { recursive: true, withFileTypes: true });
  return groups
    .filter((entry) => entry.name === "cgroup.procs")
    .flatMap((entry) => pidsIn(entry.parentPath));
}

function pidsIn(group: string): readonly number[] {
  const text = readFileSync(join(group, "cgroup.procs"), "utf8").trim();
  return text === "" ? [] : text.split("\n").map(Number);
}

function find(folder: string, name: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    if (entry.name === name) return path;
    const below = find(path, name);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Reads what the kernel holds a process to, from /proc. */
export function securityState(pid: number): SecurityState {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name: string): string =>
    new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1] ?? "";
  const mask = (name: string): bigint => BigInt(`0x${field(name)}`);
  const root = /^\S+ \/ \S+ (\S+)/m.exec(readFileSync(`/proc/${pid}/mounts`, "utf8"))?.[1] ?? "";
  return {
    users: field("Uid").split(/\s+/).map(Number),
    capabilities: {
      inheritable: mask("CapInh"),
      permitted: mask("CapPrm"),
      effective: mask("CapEff"),
      bounding: mask("CapBnd"),
      ambient: mask("CapAmb"),
    },
    noNewPrivileges: field("NoNewPrivs") === "1",
    seccompFilter: field("Seccomp") === "2",
    readOnlyRoot: root.split(",").includes("ro"),
    token: existsSync(`/proc/${pid}/root/var/run/secrets/kubernetes.io`),
  };
}

/** What became of a connection: `open`, `refused` (also how a packet filter says no), or `silence`. */
export type Connection = "open" | "refused" | "silence";

const attempt = `
const [host, port, ms] = process.argv.slice(1);
const socket = require("net").connect({ host, port: Number(port) });
const end = (text) => { console.log(text); process.exit(0); };
socket.on("connect", () => end("open"));
socket.on("error", (e) => end(e.code));
setTimeout(() => end("silence"), Number(ms));
`;

const refusals = ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EACCES", "EPERM"];

/** Tries a TCP connection from the network of a process. */
export async function connection(
  pid: number,
  host: string,
  port: number,
  milliseconds = 1500,
): Promise<Connection> {
  const node = [process.execPath, "-e", attempt, host, String(port), String(milliseconds)];
  const { stdout } = await run("nsenter", [`--net=/proc/${pid}/ns/net`, ...node]);
  const text = stdout.trim();
  if (text === "open" || text === "silence") return text;
  if (refusals.includes(text)) return "refused";
  throw new Error(`${host}:${port}: ${text}`);
}

/** Asks a DNS server for a name from the network of a process; gives its addresses, or the error's code. */
export async function lookup(
  pid: number,
  server: string,
  name: string,
): Promise<readonly string[]> {
  const code = `
const { Resolver } = require("dns").promises;
const resolver = new Resolver({ timeout: 1500, tries: 1 });
resolver.setServers([process.argv[1]]);
resolver.resolve4(process.argv[2]).catch((e) => [e.code]).then((all) => console.log(all.join(" ")));
`;
  const args = [`--net=/proc/${pid}/ns/net`, process.execPath, "-e", code, server, name];
  return (await run("nsenter", args)).stdout.trim().split(" ");
}
