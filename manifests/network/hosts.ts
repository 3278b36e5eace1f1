import type { Destination } from "../../catalog";

/** Hosts that are reached at the same port. */
export interface HostGroup {
  /** TCP or UDP. */
  readonly protocol: "TCP" | "UDP";
  /** Port. */
  readonly port: number;
  /** Names, and `*.` with a name for all below it; each once, in the order of the entry. */
  readonly hosts: readonly string[];
}

/** The destinations that are hosts, by port. */
export function hostGroups(destinations: readonly Destination[]): readonly HostGroup[] {
  const groups = new Map<string, HostGroup>();
  for (const destination of destinations) {
    if (!("host" in destination)) continue;
    const { host, port, protocol } = destination;
    const key = `${protocol} ${port}`;
    const { hosts = [] } = groups.get(key) ?? {};
    groups.set(key, { protocol, port, hosts: [...new Set([...hosts, host])] });
  }
  return [...groups.values()];
}
