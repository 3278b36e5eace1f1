/** What policies of network engines allow, read as {@link readNetworkPolicy} reads plain ones. */
import assert from "node:assert/strict";
import {
  combined,
  fields,
  items,
  labelsOf,
  matcher,
  podsText,
  portText,
  readNetworkPolicy,
} from "./network-reading";
import type { KubernetesObject, PolicyReading, World } from "./network-reading";

/** Reads a policy of any kind that is known; undefined for what is no policy. */
export function readPolicy(
  object: KubernetesObject,
  world: World,
): readonly PolicyReading[] | undefined {
  switch (`${object.apiVersion}/${object.kind}`) {
    case "networking.k8s.io/v1/NetworkPolicy":
      return [readNetworkPolicy(object, world)];
    case "cilium.io/v2/CiliumNetworkPolicy":
      return readCilium(object);
    case "policy.networking.k8s.io/v1alpha2/ClusterNetworkPolicy":
      return [readClusterPolicy(object, world)];
    default:
      return undefined;
  }
}

/** Reads a CiliumNetworkPolicy (cilium.io/v2). */
function readCilium({ metadata, spec, specs }: KubernetesObject): readonly PolicyReading[] {
  const rules = [...(spec ? [spec] : []), ...(specs ?? [])];
  return items(rules).map((rule) => {
    const { endpointSelector, egress } = fields(rule, ["endpointSelector", "egress"]);
    const matches = matcher(endpointSelector);
    return {
      selects: (pod) => pod.namespace === metadata.namespace && matches(pod.labels),
      isolates: ["Egress"],
      allows: items(egress).flatMap(ciliumRule),
    };
  });
}

function ciliumRule(rule: unknown): readonly string[] {
  const to = ["toFQDNs", "toEntities", "toEndpoints", "toCIDR"];
  const { toPorts, ...peers } = fields(rule, ["toPorts"], to);
  const [peer, ...others] = Object.entries(peers);
  assert.ok(peer && others.length === 0, JSON.stringify(rule));
  const [kind, value] = peer;
  const read = { toFQDNs: fqdn, toEntities: entity, toEndpoints: endpoint, toCIDR: range }[kind];
  assert.ok(read, `${kind} is not known`);
  return combined("egress", items(value).map(read), items(toPorts).flatMap(ciliumPorts));
}

function fqdn(value: unknown): string {
  const { matchName, matchPattern } = fields(value, [], ["matchName", "matchPattern"]);
  assert.ok((matchName === undefined) !== (matchPattern === undefined), JSON.stringify(value));
  if (typeof matchName === "string") return `host ${matchName}`;
  // All names below one, at any depth.
  const below = typeof matchPattern === "string" && /^\*\*\.([^*]+)$/.exec(matchPattern)?.[1];
  assert.ok(below, `${JSON.stringify(value)} is wider than names below one`);
  return `host *.${below}`;
}

function entity(value: unknown): string {
  assert.equal(value, "kube-apiserver");
  return "API server";
}

function endpoint(value: unknown): string {
  const labels = labelsOf(fields(value, ["matchLabels"]).matchLabels);
  const key = "k8s:io.kubernetes.pod.namespace";
  const { [key]: namespace, ...rest } = labels;
  assert.ok(namespace, "endpoints of every namespace");
  const own = Object.entries(rest).map(([name, text]) => {
    assert.ok(name.startsWith("k8s:"), `${name} may come from elsewhere`);
    return [name.slice("k8s:".length), text] as const;
  });
  return podsText(namespace, Object.fromEntries(own));
}

function range(value: unknown): string {
  return `range ${String(value)}`;
}

function ciliumPorts(value: unknown): readonly string[] {
  const { ports, rules } = fields(value, ["ports"], ["rules"]);
  // That all queries are seen is what names are learnt from.
  if (rules !== undefined) assert.deepEqual(rules, { dns: [{ matchPattern: "*" }] });
  return items(ports).flatMap((one) => {
    const { port, protocol } = fields(one, ["port", "protocol"]);
    assert.match(String(port), /^[1-9]\d*$/);
    const protocols = protocol === "ANY" ? ["TCP", "UDP"] : [protocol];
    return protocols.map((name) => portText(Number(port), name));
  });
}

// policy.networking.k8s.io/v1alpha2: the API server refuses more.
const most = { rules: 25, names: 25 };

/** Reads a ClusterNetworkPolicy (policy.networking.k8s.io/v1alpha2). */
function readClusterPolicy({ metadata, spec }: KubernetesObject, world: World): PolicyReading {
  assert.equal(metadata.namespace, undefined);
  const { tier, priority, subject, egress } = fields(spec, [
    "tier",
    "priority",
    "subject",
    "egress",
  ]);
  assert.equal(tier, "Admin");
  assert.ok(Number.isInteger(priority));
  const { namespaceSelector, podSelector } = fields(fields(subject, ["pods"]).pods, [
    "namespaceSelector",
    "podSelector",
  ]);
  const [inNamespace, matches] = [matcher(namespaceSelector), matcher(podSelector)];
  const rules = items(egress);
  assert.ok(rules.length <= most.rules, `${rules.length} rules`);
  return {
    selects: (pod) => inNamespace(world.namespaces.get(pod.namespace) ?? {}) && matches(pod.labels),
    isolates: [],
    allows: rules.flatMap((rule) => {
      const { action, to, protocols } = fields(rule, ["name", "action", "to", "protocols"]);
      assert.equal(action, "Accept");
      const hosts = items(to).flatMap((peer) => items(fields(peer, ["domainNames"]).domainNames));
      assert.ok(hosts.length <= most.names, `${hosts.length} names`);
      const ports = items(protocols).map((one) => {
        const [protocol, ...others] = Object.entries(fields(one, [], ["tcp", "udp"]));
        assert.ok(protocol && others.length === 0, JSON.stringify(one));
        const [name, where] = protocol;
        const { destinationPort } = fields(where, ["destinationPort"]);
        return portText(fields(destinationPort, ["number"]).number, name.toUpperCase());
      });
      return combined(
        "egress",
        hosts.map((host) => `host ${String(host)}`),
        ports,
      );
    }),
  };
}
