import { worldAddresses as world } from "../../lab/node/network";
import { addresses } from "../../lab/run/addresses";

/** Name of a pod: namespace and name. */
export type PodName = readonly [namespace: string, name: string];

/** A client pod that the entries of test/lab/catalogue name. */
export const agent: PodName = ["agents", "client"];
/** One in the same namespace whose labels one of them does not name. */
export const otherAgent: PodName = ["agents", "other"];
/** One that none of them names. */
export const stranger: PodName = ["strangers", "client"];

/** Address of an entry's proxy. */
export const url = (namespace: string, entry: string): string =>
  `http://mcp-${entry}-proxy.${namespace}.svc.cluster.local:8080/mcp`;

/** The servers: namespace, entry, a tool, its arguments, its answer. */
export const servers = [
  ["mcp-public", "everything", "echo", { message: "hello" }, /Echo: hello/],
  ["mcp-public", "thinking", "sequentialthinking", thought(), /thoughtNumber/],
  ["mcp-internal", "filesystem", "list_directory", { path: "/data" }, /content/],
  ["mcp-confidential", "memory", "read_graph", {}, /entities/],
  ["mcp-restricted", "everything-too", "echo", { message: "there" }, /Echo: there/],
] as const;

function thought(): object {
  return { thought: "x", nextThoughtNeeded: false, thoughtNumber: 1, totalThoughts: 1 };
}

const { node } = addresses;

/** Where a pod might like to connect to. */
export const everywhere: readonly (readonly [string, string, number])[] = [
  ["the public internet", world.public.v4, 443],
  ["the public internet by IPv6", world.public.v6, 443],
  ["another port of it", world.public.v4, 80],
  ["a private address", world.private.v4, 443],
  ["another port of it", world.private.v4, 80],
  ["a private address by IPv6", world.private.v6, 443],
  ["another private address", world.privateToo.v4, 443],
  ["one more private address", world.privateAsWell.v4, 443],
  ["a shared address", world.shared.v4, 443],
  ["the metadata service", world.metadata.v4, 80],
  ["the metadata service by IPv6", world.metadata.v6, 80],
  ["the API server", node.v4, 6443],
  ["the API server's Service", addresses.kubernetes, 443],
  ["the kubelet", node.v4, 10250],
];
/** Backends, and the addresses and ports that their entries declare. */
export const subjects = [
  ["everything", "mcp-public", [world.public.v4, world.public.v6], [443, 80]],
  ["osv", "mcp-internal", [world.public.v4, world.public.v6], [443]],
  ["filesystem", "mcp-internal", [world.private.v4], [443]],
  ["thinking", "mcp-public", [], []],
  ["memory", "mcp-confidential", [], []],
  ["everything-too", "mcp-restricted", [], []],
] as const;

/** One of {@link servers}. */
export type CalledServer = (typeof servers)[number];

/** Settings of the tiers that demand digests: the images are the lab's own, whose digests no entry can know. */
export const byTag = {
  confidential: { image: { digest: false } },
  restricted: { image: { digest: false } },
} as const;
