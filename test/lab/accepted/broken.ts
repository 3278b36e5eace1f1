import type { NetworkSettings } from "../../../catalog";
import type { PlainObject } from "./raw-api";

/** A change that makes an object one that must not be accepted. */
export interface Broken {
  readonly what: string;
  readonly engine: NetworkSettings["engine"];
  readonly kind: string;
  /** Text that its name holds. */
  readonly name: string;
  /** Path of the field that is set, or removed where there is no value. */
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
  /** What the API server says. */
  readonly expected: RegExp;
}

const unknown = (
  kind: string,
  name: string,
  path: readonly (string | number)[],
  engine: NetworkSettings["engine"] = "kubernetes",
): Broken => ({
  what: `${kind} with an unknown field`,
  engine,
  kind,
  name,
  path,
  value: {},
  expected: new RegExp(`strict decoding error: unknown field "[^"]*${String(path.at(-1))}"`),
});

/** Objects that strict validation, CEL rules or Pod Security refuse: what shows that these are at work. */
export const broken: readonly Broken[] = [
  unknown("MCPServer", "tickets", ["spec", "imagee"]),
  unknown("MCPRemoteProxy", "crm", ["spec", "headerForward", "addHeaders"]),
  unknown("MCPToolConfig", "tickets", ["spec", "toolFilter"]),
  unknown("MCPOIDCConfig", "oidc", ["spec", "inline", "jwks"]),
  unknown("NetworkPolicy", "tickets-backend", ["spec", "egres"]),
  unknown("HorizontalPodAutoscaler", "tickets-proxy", ["spec", "maxReplica"]),
  unknown("ResourceQuota", "quota", ["spec", "harder"]),
  unknown("Service", "mcp-helpdesk-proxy", ["spec", "selectors"]),
  unknown("Secret", "tickets.desk", ["immutables"]),
  unknown("ExternalSecret", "tickets.mail", ["spec", "secretStore"]),
  unknown("CiliumNetworkPolicy", "tickets", ["specs", 0, "egres"], "cilium"),
  unknown(
    "ClusterNetworkPolicy",
    "tickets.backend",
    ["spec", "subject", "pod"],
    "cluster-network-policy",
  ),
  unknown("Pod", "tickets", ["spec", "runtimeClas"]),
  {
    what: "MCPServer with limits that nobody counts",
    engine: "kubernetes",
    kind: "MCPServer",
    name: "tickets",
    path: ["spec", "sessionStorage"],
    expected: /rateLimiting requires sessionStorage with provider 'redis'/,
  },
  {
    what: "MCPServer with limits of users whom nobody tells apart",
    engine: "kubernetes",
    kind: "MCPServer",
    name: "tickets",
    path: ["spec", "oidcConfigRef"],
    expected: /per-tool perUser rate limiting requires authentication/,
  },
  {
    what: "ClusterNetworkPolicy with a name at a port that has none",
    engine: "cluster-network-policy",
    kind: "ClusterNetworkPolicy",
    name: "tickets.backend",
    path: ["spec", "egress", 0, "protocols"],
    value: [{ destinationNamedPort: "https" }],
    expected: /domainNames peer cannot be set with namedPorts/,
  },
  {
    what: "backend that is privileged",
    engine: "kubernetes",
    kind: "Pod",
    name: "tickets",
    path: ["spec", "containers", 0, "securityContext"],
    value: { privileged: true },
    expected: /violates PodSecurity "restricted:latest": .*privileged/,
  },
  {
    what: "backend that may run as root",
    engine: "kubernetes",
    kind: "Pod",
    name: "tickets",
    path: ["spec", "containers", 0, "securityContext", "runAsNonRoot"],
    value: false,
    expected: /violates PodSecurity "restricted:latest": runAsNonRoot != true/,
  },
];

/** The object with its one change. */
export function breakIt(objects: readonly PlainObject[], change: Broken): PlainObject {
  const found = objects.find(
    ({ kind, metadata }) => kind === change.kind && metadata?.name?.includes(change.name),
  );
  if (!found) throw new Error(`no ${change.kind} is called ${change.name}`);
  const copy = structuredClone(found);
  const key = change.path.at(-1) ?? "";
  let at: Record<string | number, unknown> = copy as Record<string, unknown>;
  for (const step of change.path.slice(0, -1)) at = at[step] as typeof at;
  if (change.value === undefined) Reflect.deleteProperty(at, key);
  else at[key] = change.value;
  return copy;
}
