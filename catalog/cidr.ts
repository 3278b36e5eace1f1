import { isIP } from "node:net";
import { parseCIDR } from "ipaddr.js";

/** A range of addresses. */
export interface Cidr {
  /** 4 or 6. */
  readonly family: 4 | 6;
  /** The canonical text: shortest form, host bits zero. */
  readonly text: string;
  /** Length of the prefix in bits. */
  readonly prefix: number;
}

/** Parses `address/prefix`; undefined when it is none. Octal, short and zoned forms are none. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = "", bits = "", ...rest] = text.split("/");
  const family = isIP(address);
  if (
    family === 0 ||
    address.includes("%") ||
    rest.length > 0 ||
    !/^(?:0|[1-9]\d{0,2})$/.test(bits)
  )
    return undefined;
  const prefix = Number(bits);
  if (prefix > (family === 4 ? 32 : 128)) return undefined;
  const network = maskedBytes(text, prefix);
  return { family: family === 4 ? 4 : 6, text: `${format(network)}/${prefix}`, prefix };
}

/** Whether two ranges share an address. */
export function overlap(a: Cidr, b: Cidr): boolean {
  return contains(a, b) || contains(b, a);
}

/** Whether every address of the inner range is in the outer one. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  if (outer.family !== inner.family || outer.prefix > inner.prefix) return false;
  const [network] = parseCIDR(outer.text);
  const [address] = parseCIDR(inner.text);
  return address.match(network, outer.prefix);
}

function maskedBytes(text: string, prefix: number): readonly number[] {
  const bytes = parseCIDR(text)[0].toByteArray();
  return bytes.map(
    (byte, i) => byte & (0xff << Math.max(0, 8 - Math.max(0, prefix - 8 * i))) & 0xff,
  );
}

function format(bytes: readonly number[]): string {
  const bits = bytes.length * 8;
  const text = bytes.length === 4 ? bytes.join(".") : sixteenBitGroups(bytes).join(":");
  return parseCIDR(`${text}/${bits}`)[0].toString();
}

function sixteenBitGroups(bytes: readonly number[]): readonly string[] {
  return Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
}
