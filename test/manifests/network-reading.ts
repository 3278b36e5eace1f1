/**
 * What policies allow to pods: a reading of the rendered objects that takes nothing from the code that
 * renders them. A shape that it does not know is an error, so nothing is passed over.
 */
import assert from "node:assert/strict";
import { internetProblem } from "./addresses";
import type { Block } from "./addresses";

/** A Kubernetes object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: object;
  readonly specs?: readonly object[];
}

/** A pod that there would be. */
export interface ModelPod {
  readonly id: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Namespaces by name with their labels, pods, and what the environment leaves out of the internet. */
export interface World {
  readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly pods: readonly ModelPod[];
  readonly exclude: readonly string[];
}

/** What one policy says. */
export interface PolicyReading {
  readonly selects: (pod: ModelPod) => boolean;
  /** Directions in which a selected pod may only do what some policy allows. */
  readonly isolates: readonly string[];
  /** What it allows, as `<direction> <peer> <port>`. */
  readonly allows: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A map with all of these keys, some of the others and no more. */
export function fields(
  value: unknown,
  required: readonly string[],
  optional: readonly string[] = [],
): Fields {
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value), "is no map");
  const keys = Object.keys(value);
  const strange = keys.filter((key) => ![...required, ...optional].includes(key));
  const missing = required.filter((key) => !keys.includes(key));
  assert.deepEqual({ strange, missing }, { strange: [], missing: [] }, JSON.stringify(value));
  return value as Fields;
}

/** A list of at least one: an empty one would mean everything. */
export function items(value: unknown): readonly unknown[] {
  assert.ok(
    Array.isArray(value) && value.length > 0,
    `${JSON.stringify(value)} selects everything`,
  );
  return value as readonly unknown[];
}

/** Labels, at least one. */
export function labelsOf(value: unknown): Readonly<Record<string, string>> {
  const labels = fields(value, [], Object.keys(value ?? {}));
  assert.ok(Object.keys(labels).length > 0, "no labels select everything");
  for (const one of Object.values(labels)) assert.equal(typeof one, "string");
  return labels as Readonly<Record<string, string>>;
}

/** Whether labels are what a selector asks for; an empty selector is an error. */
export function matcher(selector: unknown): (labels: Readonly<Record<string, string>>) => boolean {
  const { matchLabels, matchExpressions } = fields(
    selector,
    [],
    ["matchLabels", "matchExpressions"],
  );
  assert.ok(matchLabels !== undefined || matchExpressions !== undefined, "{} selects everything");
  const wanted = matchLabels === undefined ? {} : labelsOf(matchLabels);
  const present = (matchExpressions === undefined ? [] : items(matchExpressions)).map((one) => {
    const { key, operator } = fields(one, ["key", "operator"]);
    assert.equal(operator, "Exists");
    return String(key);
  });
  return (labels) =>
    Object.entries(wanted).every(([key, value]) => labels[key] === value) &&
    present.every((key) => Object.hasOwn(labels, key));
}

/** Pods of a namespace by their labels, in words. */
export function podsText(namespace: string, labels?: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return `pods ${namespace} ${sorted.length === 0 ? "any" : JSON.stringify(sorted)}`;
}

/** A port in words. */
export function portText(port: unknown, protocol: unknown): string {
  assert.ok(protocol === "TCP" || protocol === "UDP", `${String(protocol)} is no protocol`);
  assert.ok(Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65535, String(port));
  return `${protocol}/${String(port)}`;
}

/** Reads a NetworkPolicy (networking.k8s.io/v1). */
export function readNetworkPolicy(policy: KubernetesObject, world: World): PolicyReading {
  const spec = fields(policy.spec, ["podSelector", "policyTypes"], ["ingress", "egress"]);
  const { namespace = "" } = policy.metadata;
  const all = Object.keys(spec.podSelector as object).length === 0;
  const matches = all ? () => true : matcher(spec.podSelector);
  const isolates = items(spec.policyTypes).map(String);
  const direction = (name: "Ingress" | "Egress", peers: "from" | "to"): readonly string[] => {
    const key = name.toLowerCase();
    if (spec[key] === undefined) return [];
    assert.ok(!all, "a policy of all pods may only deny");
    assert.ok(isolates.includes(name), `${name} has rules and is no type of the policy`);
    return items(spec[key]).flatMap((rule) => {
      const { ports, [peers]: who } = fields(rule, [peers], ["ports"]);
      return combined(key, peersText(who, namespace, world), portsText(ports));
    });
  };
  return {
    selects: (pod) => pod.namespace === namespace && matches(pod.labels),
    isolates,
    allows: [...direction("Ingress", "from"), ...direction("Egress", "to")],
  };
}

/** Each peer with each port. */
export function combined(
  direction: string,
  peers: readonly string[],
  ports: readonly string[],
): readonly string[] {
  return peers.flatMap((peer) => ports.map((port) => `${direction} ${peer} ${port}`));
}

function portsText(ports: unknown): readonly string[] {
  if (ports === undefined) return ["any port"];
  return items(ports).map((one) => {
    const { port, protocol } = fields(one, ["port", "protocol"]);
    return portText(port, protocol);
  });
}

function peersText(value: unknown, namespace: string, world: World): readonly string[] {
  const peers = items(value).map((one) =>
    fields(one, [], ["ipBlock", "namespaceSelector", "podSelector"]),
  );
  const blocks = peers.flatMap(({ ipBlock, ...rest }) => {
    if (ipBlock === undefined) return [];
    assert.deepEqual(rest, {});
    const { cidr, except = [] } = fields(ipBlock, ["cidr"], ["except"]);
    return [{ cidr: String(cidr), except: (except as unknown[]).map(String) }];
  });
  const ranges = blocks.filter(({ except }) => except.length === 0);
  const internet = blocks.filter(({ except }) => except.length > 0);
  return [
    ...peers.flatMap((peer) =>
      peer.ipBlock === undefined ? [podPeer(peer, namespace, world)] : [],
    ),
    ...ranges.map(({ cidr }) => `range ${cidr}`),
    ...(internet.length === 0 ? [] : [internetText(internet, world)]),
  ];
}

function internetText(blocks: readonly Block[], { exclude }: World): string {
  const problem = internetProblem(blocks, exclude);
  return problem === undefined ? "internet" : `${JSON.stringify(blocks)}: ${problem}`;
}

function podPeer(peer: Fields, namespace: string, { pods }: World): string {
  if (peer.namespaceSelector === undefined) {
    const matches = matcher(fields(peer, ["podSelector"]).podSelector);
    const found = pods.filter((pod) => pod.namespace === namespace && matches(pod.labels));
    return `own ${found.map(({ id }) => id).join(", ")}`;
  }
  const { matchLabels } = fields(peer.namespaceSelector, ["matchLabels"]);
  const name = labelsOf(fields(matchLabels, ["kubernetes.io/metadata.name"]));
  const labels =
    peer.podSelector === undefined
      ? undefined
      : labelsOf(fields(peer.podSelector, ["matchLabels"]).matchLabels);
  return podsText(name["kubernetes.io/metadata.name"] ?? "", labels);
}
