/**
 * Ranges of addresses as pairs of numbers: arithmetic of the tests' own, so that a mistake in the
 * catalogue's cannot hide itself.
 */
import { isIPv4, isIPv6 } from "node:net";

/** A range: family, first and last address. */
export interface Span {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads `address/prefix`. */
export function span(text: string): Span {
  const [address = "", prefix = ""] = text.split("/");
  const family = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
  if (family === undefined || !/^\d+$/.test(prefix)) throw new Error(`${text} is no range`);
  const size = 1n << BigInt((family === 4 ? 32 : 128) - Number(prefix));
  const first = family === 4 ? bytes4(address) : groups6(address);
  if (first % size !== 0n) throw new Error(`${text} has bits below its prefix`);
  return { family, first, last: first + size - 1n };
}

/** Whether all of the inner range is in the outer one. */
export function within(inner: Span, outer: Span): boolean {
  return inner.family === outer.family && inner.first >= outer.first && inner.last <= outer.last;
}

/** Whether two ranges share an address. */
export function meet(a: Span, b: Span): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

function bytes4(address: string): bigint {
  return address.split(".").reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function groups6(address: string): bigint {
  const [head = "", tail] = address.split("::");
  const list = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const start = list(head);
  const end = tail === undefined ? [] : list(tail);
  const zeros = Array<string>(8 - start.length - end.length).fill("0");
  return [...start, ...zeros, ...end].reduce(
    (sum, group) => sum * 65536n + BigInt(`0x${group}`),
    0n,
  );
}

/** Ranges of IPv4 where private, shared, local or nobody's addresses are (IANA's registry of RFC 6890). */
const notPublic4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"],
].map(span);

/** The same of IPv6, with the tunnels and translations that lead to IPv4 (RFC 3056, 4291, 4380, 8215). */
const notPublic6 = [
  ...["::/128", "::1/128", "::ffff:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/32"],
  ...["2001:db8::/32", "2002::/16", "fc00::/7", "fd00:ec2::254/128", "fe80::/10", "fec0::/10"],
  ...["ff00::/8"],
].map(span);

const nat64 = span("64:ff9b::/96");

/** All that `internet` must leave out. */
const notPublic: readonly Span[] = [
  ...notPublic4,
  ...notPublic6,
  ...notPublic4.map(({ first, last }): Span => ({
    family: 6,
    first: nat64.first + first,
    last: nat64.first + last,
  })),
];

const publicAddresses = ["1.1.1.1/32", "8.8.8.8/32", "203.0.112.1/32", "2606:4700::1111/128"];

/** A range with what is left out of it, as a NetworkPolicy has it. */
export interface Block {
  readonly cidr: string;
  readonly except: readonly string[];
}

/**
 * Why blocks together are not the public internet; undefined when they are.
 * @param exclude What the environment leaves out besides.
 */
export function internetProblem(
  blocks: readonly Block[],
  exclude: readonly string[],
): string | undefined {
  const out = exclude.map(span);
  const read = blocks.map(({ cidr, except }) => ({ cidr: span(cidr), except: except.map(span) }));
  for (const { cidr, except } of read) {
    for (const one of except)
      // The API server refuses any other (networking.k8s.io/v1, IPBlock).
      if (!within(one, cidr) || within(cidr, one)) return "an exception is not strictly inside";
    for (const private_ of [...notPublic, ...out])
      if (meet(private_, cidr) && !except.some((one) => within(private_, one)))
        return `${private_.first.toString(16)} is not left out`;
  }
  const open = (address: Span): boolean =>
    read.some(
      ({ cidr, except }) => within(address, cidr) && !except.some((one) => meet(address, one)),
    );
  return publicAddresses
    .map(span)
    .every((one) => open(one) || out.some((range) => meet(one, range)))
    ? undefined
    : "a public address is left out";
}
