import { isIPv6 } from "node:net";
import { IPv4, IPv6, fromByteArray, parse } from "ipaddr.js";
import { egressOf } from "../../../catalog";
import type { Destination, Entry, Tier } from "../../../catalog";
import { worldAddresses as world } from "../../../lab/node/network";
import { addresses } from "../../../lab/run/addresses";
import type { Rendered } from "./rendered";
import { tcp, udp } from "./subjects";
import type { Family, Port } from "./subjects";

/** An address outside the cluster's pods. */
export interface Outside {
  readonly kind: "outside";
  /** What it is. */
  readonly what: string;
  readonly address: string;
  /** Whether it belongs to the public internet that the environment leaves open. */
  readonly isPublic: boolean;
  /** Ports that are tried. */
  readonly ports: readonly Port[];
  /** Who has it in the lab: the node, or the process that plays the outside world. */
  readonly at: "node" | "world";
  /** Whether it opens connections too. */
  readonly calls?: true;
  /** Whether nothing answers there in the lab, so that no packet can tell anything. */
  readonly silent?: true;
}

/** Family of an address. */
export function familyOf(address: string): Family {
  return isIPv6(address) ? "v6" : "v4";
}

const base = { kind: "outside", at: "world" } as const;

function open(what: string, address: string): Outside {
  return { ...base, what, address, isPublic: true, ports: [...tcp(443, 80, 8080), ...udp(443)] };
}

function closed(what: string, address: string): Outside {
  return { ...base, what, address, isPublic: false, ports: tcp(443, 80) };
}

/*
 * No address of the benchmarking range is here: the lab's own link to this machine takes it. What embeds an
 * IPv4 address leads to 10.11.12.13, 169.254.169.254 and, for NAT64, also to a public one.
 */
const fixed: readonly Outside[] = [
  { ...open("the internet", world.public.v4), calls: true },
  { ...open("the internet", world.public.v6), calls: true },
  open("the internet through NAT64", "64:ff9b::5db8:d70e"),
  { ...closed("10.0.0.0/8", world.private.v4), calls: true },
  closed("172.16.0.0/12", world.privateToo.v4),
  closed("192.168.0.0/16", world.privateAsWell.v4),
  closed("100.64.0.0/10", world.shared.v4),
  { ...closed("a unique local address", world.private.v6), calls: true },
  closed("the metadata service", world.metadata.v4),
  closed("the metadata service", world.metadata.v6),
  closed("documentation", "192.0.2.10"),
  closed("documentation", "2001:db8::10"),
  closed("Teredo", "2001:0:a0b:c0d::1"),
  closed("a private address through 6to4", "2002:a0b:c0d::1"),
  closed("a private address through NAT64", "64:ff9b::a0b:c0d"),
  closed("the metadata service through NAT64", "64:ff9b::a9fe:a9fe"),
];

const node = { ...base, at: "node", isPublic: false } as const;

const ownNode: readonly Outside[] = [
  { ...node, what: "the kubelet", address: addresses.node.v4, ports: tcp(10250) },
  {
    ...node,
    what: "the API server's twin",
    address: addresses.node.v6,
    ports: tcp(6443),
    // It listens on IPv4 alone.
    silent: true,
  },
];

/** Every address outside, of which some are what the settings and the entries name. */
export function outside(
  { settings, entries }: Rendered,
  tierOf: (entry: Entry) => Tier,
): readonly Outside[] {
  const { apiServer = [], exclude } = settings.network;
  const ranges = new Map<string, Port[]>();
  for (const entry of entries)
    for (const [range, port] of rangesOf(egressOf(entry, tierOf(entry))))
      ranges.set(range, [...(ranges.get(range) ?? []), port]);
  return [
    ...fixed,
    ...ownNode,
    ...apiServer.map(({ cidr, port }) => ({
      ...node,
      what: "the API server",
      address: lastOf(cidr).toString(),
      ports: tcp(port),
    })),
    ...exclude.map((range) => closed("what the environment excludes", lastOf(range).toString())),
    ...[...ranges].flatMap(([range, ports]) => declared(range, ports)),
  ];
}

function rangesOf(egress: readonly Destination[] | string): readonly (readonly [string, Port])[] {
  return typeof egress === "string"
    ? []
    : egress.flatMap((one) => ("cidr" in one ? [[one.cidr, one] as const] : []));
}

/** The last address of a range that an entry declares, and the next one, which it does not. */
function declared(range: string, own: readonly Port[]): readonly Outside[] {
  const last = lastOf(range);
  const numbers = [...new Set(own.map(({ port }) => port))];
  const ports = [...tcp(...numbers, 80), ...udp(...numbers)];
  return [["in", last] as const, ["beside", next(last)] as const].map(([where, address]) => ({
    ...base,
    what: `${where} ${range}`,
    address: address.toString(),
    isPublic: parse(address.toString()).range() === "unicast",
    ports,
  }));
}

function lastOf(range: string): IPv4 | IPv6 {
  return isIPv6(range.split("/")[0] ?? "")
    ? IPv6.broadcastAddressFromCIDR(range)
    : IPv4.broadcastAddressFromCIDR(range);
}

function next(address: IPv4 | IPv6): IPv4 | IPv6 {
  const bytes = address.toByteArray();
  for (let i = bytes.length - 1; i >= 0; i--) {
    bytes[i] = ((bytes[i] ?? 0) + 1) & 0xff;
    if (bytes[i] !== 0) break;
  }
  return fromByteArray(bytes);
}
