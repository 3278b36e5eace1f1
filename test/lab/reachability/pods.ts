import { egressOf } from "../../../catalog";
import type { Destination, Entry, Tier } from "../../../catalog";
import { podLabels } from "./rendered";
import type { Rendered } from "./rendered";
import { nameOf, tcp, udp } from "./subjects";
import type { Labels, Pod, Port } from "./subjects";

/** Pods by namespace and, if they are given, labels: how the catalogue names a peer. */
interface Peer {
  readonly namespace: string;
  readonly pods?: Labels;
  readonly port?: Port;
}

const proxyPort = 8080;
const elsewhere = "elsewhere";
const stranger = { app: "somebody-else" };

/** The pods of the table, each once. */
export function pods(rendered: Rendered, tierOf: (entry: Entry) => Tier): readonly Pod[] {
  const { entries, settings } = rendered;
  const own = entries.flatMap((entry) => ofEntry(rendered, entry, tierOf(entry).namespace));
  const tiers = Object.values(settings.tiers).map(({ namespace }) => namespace);
  const clients = entries.flatMap((entry): readonly Peer[] => entry.clients);
  const { dns, oidc, redis } = { ...settings, ...settings.network };
  const reached = [
    ...entries.map((entry) => egressOf(entry, tierOf(entry))),
    ...[oidc, redis].map((service) => service?.egress ?? "none"),
  ].flatMap((egress) => (typeof egress === "string" ? [] : egress.flatMap(peerOf)));
  const peers = [...clients, ...reached].filter(({ namespace }) => !tiers.includes(namespace));
  const found: readonly Pod[] = [
    ...own,
    { kind: "dns", name: "dns", namespace: dns.namespace, labels: dns.pods, ports: dnsPorts },
    ...named([...peers, ...dnsPorts.map((port) => ({ namespace: dns.namespace, port }))]),
    ...foreign(clients, own),
    ...tiers.flatMap((namespace) => intruders(namespace, own, clients)),
  ];
  const twice = found.find((one, i) =>
    found.slice(0, i).some((two) => nameOf(one) === nameOf(two)),
  );
  if (twice) throw new Error(`${nameOf(twice)} is there twice`);
  return found;
}

/** TCP as well as UDP, and the port at which it only says that it is ready. */
const dnsPorts: readonly Port[] = [...tcp(53, 8181), ...udp(53)];

/** Labels as ToolHive v0.48 sets them (labelsForMCPServer, AddStandardLabels); its own win. */
function ofEntry(rendered: Rendered, entry: Entry, namespace: string): readonly Pod[] {
  const { name } = entry;
  const labels = podLabels(rendered, entry);
  const app = entry.kind === "Server" ? "mcpserver" : "mcpremoteproxy";
  const ports = tcp(
    proxyPort,
    ...rendered.entries.flatMap((one) => (one.kind === "Server" ? (one.port ?? []) : [])),
  );
  const proxy: Pod = {
    kind: "proxy",
    entry,
    name: `${name}-proxy`,
    namespace,
    labels: {
      ...labels.proxy,
      app,
      "app.kubernetes.io/name": app,
      "app.kubernetes.io/instance": name,
      toolhive: "true",
      "toolhive-name": name,
    },
    ports: [...ports, ...udp(proxyPort)],
  };
  if (entry.kind === "Remote") return [proxy];
  const backend: Pod = {
    kind: "backend",
    entry,
    name: `${name}-backend`,
    namespace,
    labels: {
      ...labels.backend,
      app: name,
      toolhive: "true",
      "toolhive-name": name,
      "toolhive-basename": name,
      "toolhive-transport": entry.transport,
      "toolhive-port": String(proxyPort),
    },
    ports: [...ports, ...udp(entry.port ?? proxyPort)],
  };
  return [proxy, backend];
}

function peerOf(destination: Destination): readonly Peer[] {
  if (!("namespace" in destination)) return [];
  const { namespace, pods: labels, port, protocol } = destination;
  return [{ namespace, pods: labels, port: { port, protocol } }];
}

/** A pod for every peer, and one beside them with none of their labels, at which the same ports are tried. */
function named(peers: readonly Peer[]): readonly Pod[] {
  const all = new Map<string, Pod>();
  for (const { namespace, pods: labels = stranger, port } of peers)
    for (const pod of [other(namespace, labels), other(namespace, stranger)]) {
      const { ports } = all.get(nameOf(pod)) ?? pod;
      const has = ports.some((one) => one.port === port?.port && one.protocol === port.protocol);
      all.set(nameOf(pod), { ...pod, ports: port && !has ? [...ports, port] : ports });
    }
  return [...all.values()];
}

/** Pods of other namespaces that look like clients, proxies and backends, or like nothing. */
function foreign(clients: readonly Peer[], own: readonly Pod[]): readonly Pod[] {
  const victims = own
    .slice(0, 2)
    .map(({ labels, name }) => other(elsewhere, labels, `like-${name}`));
  return [
    other(elsewhere, {}, "bare"),
    ...labelsOf(clients).map((labels) => other(elsewhere, labels)),
    ...victims,
    other("toolhive-system", { "app.kubernetes.io/name": "toolhive-operator" }, "operator"),
  ];
}

/** Pods in a tier's namespace that belong to no entry, whatever they say. */
function intruders(
  namespace: string,
  own: readonly Pod[],
  clients: readonly Peer[],
): readonly Pod[] {
  const victim = own.find((pod) => pod.kind === "backend" && pod.namespace === namespace);
  const name = victim?.labels["toolhive-name"];
  return [
    other(namespace, {}, "bare"),
    ...(name === undefined ? [] : [other(namespace, { "toolhive-name": name }, "name-only")]),
    ...labelsOf(clients)
      .slice(0, 1)
      .map((labels) => other(namespace, labels, "like-client")),
  ];
}

function other(namespace: string, labels: Labels, name = nameFor(labels)): Pod {
  return { kind: "other", name, namespace, labels, ports: tcp(proxyPort) };
}

/** A pod's name that says its labels. */
function nameFor(labels: Labels): string {
  const words = Object.entries(labels).map(
    ([key, value]) => `${key.replace(/^.*\//, "")}-${value}`,
  );
  return words
    .sort()
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
}

/** Labels that peers are named by, each once. */
function labelsOf(peers: readonly Peer[]): readonly Labels[] {
  const all = peers.flatMap(({ pods: labels }) => (labels ? [labels] : []));
  return [...new Map(all.map((labels) => [nameFor(labels), labels])).values()];
}
