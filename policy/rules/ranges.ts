import {
  cidrProblem,
  contains,
  internet,
  isWide,
  nearlyInternet,
  parseCidr,
  show,
  widestRanges,
} from "../../catalog";

/** A range of addresses of a rule. */
export interface RuleRange {
  /** The range. */
  readonly cidr: string;
  /** What is left out of it. */
  readonly except: readonly string[];
  /** Whether it is who may come in, or what may be reached. */
  readonly direction: "ingress" | "egress";
  /** Whether DNS alone is reached, which may answer at a link-local address (NodeLocal DNSCache). */
  readonly dns?: boolean;
}

/**
 * Why a range is wider than any that the catalogue would make; undefined when it is not.
 * @param closed Who forbids the internet to these pods; undefined when they may reach it.
 */
export function rangeProblem(
  { cidr, except, direction, dns = false }: RuleRange,
  closed: string | undefined,
): string | undefined {
  const range = parseCidr(cidr);
  if (!range) return `${show(cidr)} is no range; write address/prefix`;
  const [block] = internet.filter((each) => contains(range, each.cidr));
  if (direction === "ingress") {
    if (block) return `${show(cidr)} lets every address in; name namespaces and pods`;
    return isWide(range)
      ? `${show(cidr)} lets whole networks in; name namespaces and pods, or ranges no wider than ${widestRanges}`
      : cidrProblem(range.text);
  }
  if (block && closed !== undefined)
    return `${show(cidr)} is the whole internet, which ${closed}; list the destinations`;
  // Each part of it alone looks harmless, and together they are all of it.
  if (closed !== undefined && nearlyInternet(range))
    return `${show(cidr)} comes near to the internet, which ${closed}; write ranges no wider than ${widestRanges}`;
  if (!block) return dns ? undefined : cidrProblem(range.text);
  if (range.text !== block.cidr.text)
    return `${show(cidr)} is more than the public internet; write egress: internet in the entry`;
  const left = except.flatMap((text) => parseCidr(text) ?? []);
  const open = block.except.filter((inside) => !left.some((each) => contains(each, inside)));
  return open.length === 0
    ? undefined
    : `${show(cidr)} does not leave out ${open.map(({ text }) => text).join(", ")}; write egress: internet in the entry`;
}
