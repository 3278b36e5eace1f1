import { contains, overlap, parseCidr } from "./cidr";
import type { Cidr } from "./cidr";
import type { Destination } from "./egress";
import type { Entry, Finding } from "./entry";
import type { Path } from "./document";
import { show } from "./problem";
import { internet } from "./ranges";
import { egressOf } from "./reach";
import type { Settings } from "./settings";
import type { Tier } from "./tier";

/** Whether the network engine knows host names. */
export function knowsHosts({ network }: Pick<Settings, "network">): boolean {
  return network.engine !== "kubernetes";
}

/** What of an entry's egress the environment's network cannot make as it is written, and what it widens. */
export function egressFindings(entry: Entry, tier: Tier, settings: Settings): readonly Finding[] {
  const reached = egressOf(entry, tier);
  const closed = `tier ${tier.sensitivity} does not allow open egress`;
  if (reached === "none") return [];
  if (reached === "internet")
    return tier.openEgress
      ? []
      : [
          {
            path: ["egress"],
            message: `"internet" cannot be had here: ${closed}; list the destinations`,
          },
        ];
  const wide = tier.openEgress ? [] : wideRanges(entry, reached, closed);
  if (knowsHosts(settings)) return wide;
  const unknown = `network engine ${settings.network.engine} knows no host names`;
  const instead = entry.kind === "Server" ? "cidr" : "addresses";
  const hosts = reached.flatMap((destination, i): readonly Finding[] => {
    if (!("host" in destination)) return [];
    const { host, port } = destination;
    const path: Path = entry.kind === "Server" ? ["egress", i, "host"] : ["url"];
    return [
      tier.openEgress
        ? {
            path,
            message: `${show(host)} is opened as every public address on port ${port}, because ${unknown}; take an engine that does, or write ${instead}`,
            note: true,
          }
        : {
            path,
            message: `${show(host)} cannot be had here: ${unknown}, and ${closed}; take an engine that does, or write ${instead}`,
          },
    ];
  });
  return [...wide, ...hosts];
}

// What a vendor or a company has; wider is a good part of the internet.
const widest = { 4: 16, 6: 32 } as const;

/** The longest prefix of a range that is too wide, in words. */
export const widestRanges = `/${widest[4]} (IPv4) and /${widest[6]} (IPv6)`;

/** Whether a range is wider than what a vendor or a company has. */
export function isWide(range: Cidr): boolean {
  return range.prefix < widest[range.family];
}

/** Whether a range comes near to the whole internet: it is wide, and not all of it is private. */
export function nearlyInternet(range: Cidr): boolean {
  return (
    isWide(range) &&
    internet.some(
      ({ cidr, except }) =>
        overlap(cidr, range) && !except.some((inside) => contains(inside, range)),
    )
  );
}

/** Ranges of public addresses that come near to open egress, which the tier forbids. */
function wideRanges(
  entry: Entry,
  reached: readonly Destination[],
  closed: string,
): readonly Finding[] {
  return reached.flatMap((destination, i): readonly Finding[] => {
    const range = "cidr" in destination ? parseCidr(destination.cidr) : undefined;
    return range && nearlyInternet(range)
      ? [
          {
            path: entry.kind === "Server" ? ["egress", i, "cidr"] : ["addresses", i],
            message: `${show(range.text)} cannot be had here: ${closed}, and public addresses wider than /${widest[range.family]} come to that; write narrower ranges`,
          },
        ]
      : [];
  });
}
