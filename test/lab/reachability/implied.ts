/**
 * What the catalogue implies, said once more without any of the code that renders it: everybody may leave
 * and enter where no tier is; in a tier's namespace both ends must be meant by an entry.
 */
import { BlockList } from "node:net";
import { egressOf, tiersOf } from "../../../catalog";
import type { Destination, Egress, Entry, Settings, Tier } from "../../../catalog";
import { familyOf } from "./outside";
import type { Cell, Column } from "./table";
import { within } from "./subjects";
import type { Labels, Subject } from "./subjects";

/** Whether the catalogue and the settings imply that a connection is allowed. */
export function implied(settings: Settings): (cell: Cell) => boolean {
  const tiers = new Map(tiersOf(settings).map((tier) => [tier.namespace, tier]));
  const tierOf = (subject: Subject): Tier | undefined =>
    subject.kind === "outside" ? undefined : tiers.get(subject.namespace);
  return ({ from, column }) => {
    const [home, target] = [tierOf(from), tierOf(column.to)];
    return (!home || leaves(from, column, home, settings)) && (!target || enters(from, column));
  };
}

/** Whether a pod in a tier's namespace may open the connection. */
function leaves(from: Subject, column: Column, tier: Tier, settings: Settings): boolean {
  // What is no pod of an entry may do nothing, not even ask for names.
  if (from.kind !== "proxy" && from.kind !== "backend") return false;
  if (isDns(column, settings)) return true;
  const { entry } = from;
  const own = (egress: Egress): boolean => reaches(egress, column, tier, settings);
  if (from.kind === "backend") return own(egressOf(entry, tier));
  return (
    (entry.auth !== undefined && settings.oidc !== undefined && own(settings.oidc.egress)) ||
    (entry.sessionStorage === "redis" &&
      settings.redis !== undefined &&
      own(settings.redis.egress)) ||
    // A server's proxy makes its backend at the API server, and speaks to it; a remote's has a vendor instead.
    (entry.kind === "Server"
      ? isApiServer(column, settings) || isBackendOf(entry, column)
      : own(egressOf(entry, tier)))
  );
}

/** Whether the pod in a tier's namespace at the other end takes the connection. */
function enters(from: Subject, { to, port, protocol }: Column): boolean {
  if (protocol !== "TCP") return false;
  if (to.kind === "proxy")
    return (
      port === 8080 && to.entry.clients.some(({ namespace, pods }) => isPod(from, namespace, pods))
    );
  return (
    to.kind === "backend" &&
    to.entry.transport !== "stdio" &&
    port === to.entry.port &&
    from.kind === "proxy" &&
    from.entry === to.entry
  );
}

function isBackendOf(entry: Entry, { to, port, protocol }: Column): boolean {
  return (
    to.kind === "backend" &&
    to.entry === entry &&
    to.entry.transport !== "stdio" &&
    port === to.entry.port &&
    protocol === "TCP"
  );
}

function isDns({ to, port }: Column, { network: { dns } }: Settings): boolean {
  return (
    port === 53 &&
    (isPod(to, dns.namespace, dns.pods) || dns.addresses.some((range) => isIn(to, range)))
  );
}

function isApiServer({ to, port, protocol }: Column, { network }: Settings): boolean {
  return (
    protocol === "TCP" &&
    (network.apiServer ?? []).some((one) => port === one.port && isIn(to, one.cidr))
  );
}

function reaches(egress: Egress, column: Column, tier: Tier, settings: Settings): boolean {
  if (egress === "none") return false;
  // Every port of public addresses.
  if (egress === "internet") return isPublic(column.to);
  return egress.some((destination) => isMeant(destination, column, tier, settings));
}

function isMeant(
  destination: Destination,
  column: Column,
  tier: Tier,
  settings: Settings,
): boolean {
  if ("apiServer" in destination) return isApiServer(column, settings);
  const { to, port, protocol } = column;
  if (port !== destination.port || protocol !== destination.protocol) return false;
  if ("cidr" in destination) return isIn(to, destination.cidr);
  if ("namespace" in destination) return isPod(to, destination.namespace, destination.pods);
  if (settings.network.engine !== "kubernetes")
    throw new Error(`${settings.network.engine} knows ${destination.host}; this table does not`);
  // Plain rules know no names: every public address stands for one, where the tier allows that.
  return tier.openEgress && isPublic(to);
}

function isPublic(subject: Subject): boolean {
  return subject.kind === "outside" && subject.isPublic;
}

function isPod(subject: Subject, namespace: string, labels: Labels = {}): boolean {
  return (
    subject.kind !== "outside" && subject.namespace === namespace && within(labels, subject.labels)
  );
}

/** A range means addresses outside; the pods have theirs from a range that no entry here names. */
function isIn(subject: Subject, range: string): boolean {
  if (subject.kind !== "outside") return false;
  const [network = "", prefix = ""] = range.split("/");
  const type = (address: string) => (familyOf(address) === "v4" ? "ipv4" : "ipv6");
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), type(network));
  return list.check(subject.address, type(subject.address));
}
