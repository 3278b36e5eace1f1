import { carol } from "./fleet";
import { merged } from "./person";
import type { Answer, Person, Sent } from "./person";
import { acted, foreigner } from "./row";
import type { Row } from "./row";
import * as samples from "./samples";

/** A row of which it matters who acts. */
export interface WriterRow extends Row {
  /** Who acts. */
  readonly user: string;
  /** Their groups, which let them do anything as far as RBAC goes. */
  readonly groups: readonly string[];
}

const { defaultDeny, osv, osvTools, server } = samples;
const evil = { spec: { image: "ghcr.io/evil/osv:1" } };

const byMallory = (
  what: string,
  object: Sent,
  act: (person: Person) => Promise<Answer>,
): WriterRow => {
  const row = acted(what, object, "", act);
  return { ...row, says: foreigner("mallory", row.owned ?? ""), user: "mallory", groups: masters };
};
const masters = ["system:masters"];

const changes: readonly WriterRow[] = [
  byMallory("replaces a server", osv, async (p) => p.replace(osv, evil)),
  byMallory("patches a server", osv, async (p) => p.patch(osv, evil)),
  byMallory("patches one field of a server", osv, async (p) =>
    p.patch(osv, [{ op: "replace", path: "/spec/image", value: evil.spec.image }]),
  ),
  byMallory("applies a server", osv, async (p) => p.apply(merged(osv, evil))),
  byMallory("applies a server as it is", osv, async (p) => p.apply(osv)),
  byMallory("labels a server", osv, async (p) =>
    p.patch(osv, { metadata: { labels: { a: "b" } } }),
  ),
  byMallory("annotates a server", osv, async (p) =>
    p.patch(osv, { metadata: { annotations: { a: "b" } } }),
  ),
  byMallory("takes a server's finalizers away", osv, async (p) =>
    p.patch(osv, { metadata: { finalizers: null } }),
  ),
  byMallory("makes a server in the older version", server, async (p) =>
    p.create({ ...server, apiVersion: "toolhive.stacklok.dev/v1alpha1" }),
  ),
  byMallory("publishes every tool", osvTools, async (p) =>
    p.patch(osvTools, { spec: { toolsFilter: null } }),
  ),
  byMallory("opens the network", defaultDeny, async (p) =>
    p.patch(defaultDeny, { spec: { egress: [{}] } }),
  ),
  ...[
    server,
    samples.remote,
    samples.gateway,
    samples.tools,
    samples.oidcConfig,
    samples.group,
    samples.networkPolicy,
  ].map((object) =>
    byMallory(`makes a right ${object.kind}`, object, async (p) => p.create(object)),
  ),
];

const account = (namespace: string, name: string): string =>
  `system:serviceaccount:${namespace}:${name}`;

const others: readonly WriterRow[] = (
  [
    ["alice, whose exemption it does not ask for", "alice"],
    ["a user whose name differs in one capital", "Admin"],
    ["a user of the name of the deployers' group", "deployers"],
    ["a group of the name of the deployer", "mallory", "admin"],
    ["the deployer of the other fleet", carol],
    ["the servers' own ServiceAccount", account("mcp-internal", "mcp-server")],
    ["a proxy", account("mcp-internal", "osv-proxy-runner")],
    ["an operator of another namespace", account("mcp-internal", "toolhive-operator")],
    ["another ServiceAccount of the operator's namespace", account("toolhive-system", "default")],
    ["garbage collection", account("kube-system", "generic-garbage-collector")],
    ["a controller of Kubernetes", account("kube-system", "statefulset-controller")],
  ] as const
).map(([what, user, ...groups]) => ({
  ...acted(`${what} changes a server`, osv, foreigner(user, "mcpservers"), async (person) =>
    person.patch(osv, evil),
  ),
  user,
  groups: [...masters, ...groups],
}));

const foreign: WriterRow = {
  ...acted(
    "the first fleet's deployer makes a server in the second",
    samples.authServer,
    foreigner("admin", "mcpservers"),
    async (person) => person.create(samples.authServer),
  ),
  user: "admin",
  groups: masters,
};

/** Rows in which nothing is wrong but who writes. */
export const writerRows: readonly WriterRow[] = [...changes, ...others, foreign];
