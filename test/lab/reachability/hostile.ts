import type { Settings } from "../../../catalog";
import type { Outside } from "./outside";
import type { Pod, Subject } from "./subjects";

/** Whether somebody and somebody else are a pair of some kind. */
export type Pair = (from: Subject, to: Subject) => boolean;

/** Pairs that the table must not forget, whatever the inventory becomes, and whose ways are closed. */
export function hostilePairs({ tiers }: Settings): Readonly<Record<string, Pair>> {
  const namespaces = Object.values(tiers).map(({ namespace }) => namespace);
  const inTier = (subject: Subject): subject is Pod =>
    subject.kind !== "outside" && namespaces.includes(subject.namespace);
  return {
    "another namespace": (from, to) => from.kind === "other" && !inTier(from) && inTier(to),
    "the same namespace without labels": (from, to) =>
      inTier(from) &&
      Object.keys(from.labels).length === 0 &&
      inTier(to) &&
      to.namespace === from.namespace,
    "a backend to another backend": (from, to) => from.kind === "backend" && to.kind === "backend",
    "a backend to another proxy": (from, to) =>
      from.kind === "backend" && to.kind === "proxy" && from.entry !== to.entry,
    "the API server": fromInternet({ what: "the API server" }),
    "169.254.169.254": fromInternet({ address: "169.254.169.254" }),
    "the IPv6 twin of 169.254.169.254": fromInternet({ address: "fd00:ec2::254" }),
    "10.0.0.0/8": fromInternet({ what: "10.0.0.0/8" }),
    "172.16.0.0/12": fromInternet({ what: "172.16.0.0/12" }),
    "192.168.0.0/16": fromInternet({ what: "192.168.0.0/16" }),
    "the IPv6 twin of those": fromInternet({ what: "a unique local address" }),
  };
}

/** From a backend that may reach the internet, to an address that is not of it. */
function fromInternet(to: Pick<Outside, "what"> | Pick<Outside, "address">): Pair {
  return (from, target) =>
    from.kind === "backend" &&
    from.entry.egress === "internet" &&
    target.kind === "outside" &&
    ("what" in to ? target.what === to.what : target.address === to.address);
}
