import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const sysctls = ["kernel/panic", "kernel/panic_on_oops", "vm/overcommit_memory", "vm/panic_on_oom"];
const folders = [
  "/etc",
  "/opt",
  "/var/lib/containerd",
  "/var/lib/kubelet",
  "/var/lib/cni",
  "/run/containerd",
];

/**
 * What a node would leave its traces in, were it the machine's own: rules of its firewall, routes, rules of
 * routing, settings of the kernel, folders, control groups. What labs are known to add is left out.
 */
export function machineState(): Readonly<Record<string, string>> {
  const ask = (program: string, ...args: readonly string[]): string =>
    execFileSync(program, args, { encoding: "utf8" })
      .split("\n")
      .filter((line) => !/ mf[0-9a-f]{10} |^#/.test(line))
      .join("\n");
  return {
    iptables: ask("iptables-save"),
    ip6tables: ask("ip6tables-save"),
    ipsets: ask("ipset", "list", "-name"),
    routes: ask("ip", "-4", "route", "show", "table", "main"),
    rules: ask("ip", "rule"),
    namespaces: ask("ip", "netns"),
    sysctls: sysctls.map((name) => readFileSync(`/proc/sys/${name}`, "utf8").trim()).join(" "),
    groups: groups(),
    ...Object.fromEntries(folders.map((folder) => [folder, digest(folder)])),
  };
}

function groups(): string {
  const root = "/sys/fs/cgroup";
  const all = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return all
    .flatMap(({ name }) => readdirSync(join(root, name)).map((inner) => `${name}/${inner}`))
    .filter((path) => !path.includes("/mcp-fleet-"))
    .sort()
    .join("\n");
}

/** Changes with every file's name and content below a folder. */
function digest(folder: string): string {
  if (!existsSync(folder)) return "none";
  const hash = createHash("sha256");
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const path of entries.map((e) => join(e.parentPath, e.name)).sort()) hash.update(path);
  for (const entry of entries.filter((e) => e.isFile()))
    hash.update(readFileSync(join(entry.parentPath, entry.name)));
  return hash.digest("hex");
}
