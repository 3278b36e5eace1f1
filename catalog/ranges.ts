import { parseCidr } from "./cidr";
import type { Cidr } from "./cidr";

/** Ranges that no entry may name: they lead to the node itself, to its metadata service or to nobody. */
export const forbiddenRanges: readonly Cidr[] = cidrs(
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/4",
  "240.0.0.0/4",
  // Where clouds answer for their metadata service besides: Azure, Alibaba, Oracle.
  "168.63.129.16/32",
  "100.100.100.200/32",
  "192.0.0.192/32",
  "::/128",
  "::1/128",
  "::ffff:0:0/96",
  "fe80::/10",
  // Address of the instance metadata service over IPv6 on AWS.
  "fd00:ec2::254/128",
  // The same on Google Cloud.
  "fd20:ce::254/128",
  // Link-local IPv4 addresses behind NAT64 (RFC 6052) and 6to4 (RFC 3056).
  "64:ff9b::169.254.0.0/112",
  "2002:a9fe::/32",
  "ff00::/8",
);

/** A part of the public internet: a range, and the ranges inside it that are not public. */
export interface InternetBlock {
  /** The range. */
  readonly cidr: Cidr;
  /** What is left out of it. */
  readonly except: readonly Cidr[];
}

/** IPv4 ranges that are not the public internet (IANA's registry of RFC 6890). */
const notPublic = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
] as const;

/**
 * What `egress: internet` opens: public unicast addresses of both families. Left out are private, shared,
 * link-local (with the metadata services in it), documentation, benchmark and multicast ranges, the
 * tunnels that would lead to such ones over IPv6 (RFC 3056, RFC 4380), and the same IPv4 ranges behind
 * the well-known prefix of NAT64 (RFC 6052), through which an IPv6-only cluster reaches the IPv4 internet.
 */
export const internet: readonly InternetBlock[] = [
  block("0.0.0.0/0", notPublic),
  block("2000::/3", ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]),
  block("64:ff9b::/96", notPublic.map(throughNat64)),
];

function throughNat64(range: string): string {
  const [address = "", prefix = ""] = range.split("/");
  return `64:ff9b::${address}/${96 + Number(prefix)}`;
}

function block(cidr: string, except: readonly string[]): InternetBlock {
  const [range] = cidrs(cidr);
  if (!range) throw new Error(`${cidr} is no range`);
  return { cidr: range, except: cidrs(...except) };
}

function cidrs(...texts: readonly string[]): readonly Cidr[] {
  return texts.map((text) => {
    const cidr = parseCidr(text);
    if (!cidr) throw new Error(`${text} is no range`);
    return cidr;
  });
}
