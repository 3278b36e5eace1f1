import { formatPath, settingsFromConfig, tiersOf } from "../../catalog";
import type { Entry, Settings } from "../../catalog";
import { remoteEntry } from "../../catalog/remote";
import { serverEntry } from "../../catalog/server";
import { renderEntry, renderTier } from "../../manifests";
import type { Part } from "../../manifests";
import { rules } from "../../policy/rules";
import { violationsOf } from "../../policy/rule";
import { stackObjects } from "../../policy/stack-object";
import type { StackObject, StackResource } from "../../policy/stack-object";

/** An object as plain data. */
export interface Plain {
  readonly [key: string]: unknown;
  readonly apiVersion: string;
  readonly kind: string;
}

const common = {
  title: "A server",
  description: "Does something.",
  owner: { team: "security-platform", contact: "#sec" },
  category: "security",
  costClass: "low",
  clients: [{ namespace: "litellm", pods: { app: "litellm" } }],
  auth: { audience: "mcp" },
};

const server: Entry = serverEntry.parse({
  ...common,
  kind: "Server",
  name: "osv",
  sensitivity: "internal",
  image: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2",
  transport: "streamable-http",
  port: 8080,
  env: { LOG_LEVEL: "info" },
  args: ["--verbose"],
  egress: [{ cidr: "10.20.0.0/16", port: 443 }],
  writable: ["/tmp"],
  aliases: ["vulnerabilities"],
  resources: {
    requests: { cpu: "50m", memory: "64Mi" },
    limits: { cpu: "100m", memory: "128Mi" },
  },
});

const remote: Entry = remoteEntry.parse({
  ...common,
  kind: "Remote",
  name: "vendor",
  sensitivity: "public",
  url: "https://mcp.example.com/mcp",
  transport: "streamable-http",
  headers: { "X-Region": "eu" },
});

/** Settings with what entries lean on. */
export function settings(values: Readonly<Record<string, unknown>> = {}): Settings {
  return settingsFromConfig(
    { oidc: { issuer: "https://idp.example.com" }, ...values },
    __dirname,
    "none",
  );
}

function parts(entry: Entry): readonly Part[] {
  const environment = settings();
  const { network, oidc } = environment;
  const apiServer = [{ cidr: "10.0.0.1/32", port: 6443 }];
  const tier = tiersOf(environment).find(({ sensitivity }) => sensitivity === entry.sensitivity);
  if (!tier) throw new Error("there is no tier");
  return [
    ...renderTier({ tier, network, oidc, apiServer }),
    ...renderEntry({ entry, tier, environment, apiServer }),
  ];
}

const made: ReadonlyMap<string, Plain> = new Map(
  // Roles that both have are the server's.
  [...parts(remote), ...parts(server)].map(({ role, manifest }) => [
    role,
    JSON.parse(JSON.stringify(manifest)) as Plain,
  ]),
);

/** What mcp-fleet itself makes in a role; the tier and the server are internal, the remote is public. */
export function right(role: string): Plain {
  const found = made.get(role);
  if (!found) throw new Error(`nothing has role ${role}: ${[...made.keys()].join(", ")}`);
  return structuredClone(found);
}

/** Changes by path, such as `spec.image`; undefined takes away. */
export type Changes = Readonly<Record<string, unknown>>;

/** An object with other fields; keys with dots in them are quoted: `metadata.labels."a.b/c"`. */
export function changed(object: Plain, changes: Changes): Plain {
  const copy = structuredClone(object);
  for (const [path, value] of Object.entries(changes)) {
    const keys = [...path.matchAll(/"([^"]*)"|[^.]+/g)].map(([all, quoted]) => quoted ?? all);
    const last = keys.pop() ?? "";
    let inner = copy as Record<string, unknown>;
    for (const key of keys) inner = (inner[key] ??= {}) as Record<string, unknown>;
    if (value === undefined) Reflect.deleteProperty(inner, last);
    else inner[last] = value;
  }
  return copy;
}

const parents: Readonly<Record<string, string>> = {
  MCPServer: "mcp-fleet:index:McpServer",
  MCPRemoteProxy: "mcp-fleet:index:McpRemote",
};

/** An object as the engine tells of it, made by the component that makes its kind. */
export function inStack(object: Plain, also: Partial<StackResource> = {}): StackObject {
  const component = parents[object.kind];
  const [found, ...more] = stackObjects({
    type: `kubernetes:${object.apiVersion}:${object.kind}`,
    props: object,
    ...(component !== undefined && {
      parent: `urn:pulumi:test::fleet::mcp-fleet:index:McpFleet$${component}::osv`,
    }),
    ...also,
  });
  if (!found || more.length > 0) throw new Error(`${object.kind} is not one object`);
  return found;
}

/** What a rule is checked with besides objects. */
export interface With {
  /** `mcp-fleet:tiers`. */
  readonly tiers?: object;
  /** The rule's own configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** What a rule says about objects, as a user reads it. */
export function said(
  id: string,
  objects: readonly StackObject[],
  { tiers = {}, config = {} }: With = {},
): readonly string[] {
  const rule = rules.find((one) => one.id === id);
  if (!rule) throw new Error(`there is no rule ${id}`);
  const context = { tiers: tiersOf(settings({ tiers })), config };
  const violations =
    "check" in rule
      ? objects.flatMap((object) => violationsOf(rule, object, context))
      : rule.checkStack(objects, context).violations;
  return violations.map(({ path, message }) => `${formatPath(path)}: ${message}`);
}
