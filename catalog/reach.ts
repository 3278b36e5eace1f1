import type { Destination, Egress } from "./egress";
import type { Entry } from "./entry";
import type { RemoteEntry } from "./remote";
import type { Tier } from "./tier";

/** Everything besides DNS that an entry reaches: the server itself, or the proxy of a remote. */
export function egressOf(entry: Entry, tier: Tier): Egress {
  return entry.kind === "Server" ? (entry.egress ?? tier.egress) : endpoint(entry);
}

/** Where a remote's endpoint answers: its host, or the ranges that the entry knows it by. */
function endpoint({ url, addresses }: RemoteEntry): readonly Destination[] {
  const { hostname, port } = new URL(url);
  const at = { port: port === "" ? 443 : Number(port), protocol: "TCP" as const };
  return addresses ? addresses.map((cidr) => ({ cidr, ...at })) : [{ host: hostname, ...at }];
}
