import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";

/** The link between the machine and a lab's network. */
export interface MachineLink {
  /** Address of the machine on it. */
  readonly machine: string;
  /** Address of the lab on it. */
  readonly lab: string;
}

/** Range that all labs take their links from: kept for tests of networks (RFC 2544), so nobody's own. */
export const linkRange = "198.18.0.0/15";

const links = 2 ** 15;

/** The link of a lab: chosen once, among those that no other lab of the machine has. */
export function machineLink(folder: string): MachineLink {
  const file = join(folder, "link.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as MachineLink;
  const taken = new Set(
    Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address)),
  );
  for (;;) {
    const link = numbered(Math.floor(Math.random() * links));
    if (taken.has(link.machine)) continue;
    writeFileSync(file, JSON.stringify(link));
    return link;
  }
}

function numbered(n: number): MachineLink {
  const first = 4 * n;
  const address = (last: number): string =>
    `198.${18 + (first >> 16)}.${(first >> 8) & 255}.${(first & 255) + last}`;
  return { machine: address(1), lab: address(2) };
}
