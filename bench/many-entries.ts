/** A project with many entries that differ as those of a real fleet do. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

/** Name of the environment that {@link writeProject} makes. */
export const environment = "bench";

const sensitivities = ["public", "internal", "confidential", "restricted"];
const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

/**
 * Writes a project: stack file and as many entries, one file each, in a folder for each team.
 * @param folder A folder that is empty.
 */
export function writeProject(folder: string, entries: number): void {
  const stack = join(folder, "stacks", `Pulumi.${environment}.yaml`);
  mkdirSync(join(folder, "stacks"), { recursive: true });
  writeFileSync(stack, stringify({ config: settings() }));
  for (let i = 0; i < entries; i++) {
    const team = join(folder, "inventory", `team-${i % 12}`);
    mkdirSync(team, { recursive: true });
    writeFileSync(join(team, `${name(i)}.yaml`), stringify(i % 6 === 5 ? remote(i) : server(i)));
  }
}

function name(i: number): string {
  return `${["search", "tickets", "metrics", "files", "mail", "vendor"][i % 6] ?? ""}-${i}`;
}

function settings(): object {
  const quota = {
    requests: { cpu: "10k", memory: "100Ti" },
    limits: { cpu: "10k", memory: "100Ti" },
    pods: 100_000,
  };
  return {
    "mcp-fleet:catalogue": ["inventory"],
    "mcp-fleet:network": {
      engine: "cilium",
      apiServer: [{ cidr: "10.0.0.1/32", port: 6443 }],
      exclude: ["34.118.224.0/20"],
    },
    "mcp-fleet:oidc": { issuer: "https://idp.example.com/realms/corp", egress: "internet" },
    "mcp-fleet:redis": {
      address: "redis.cache.svc.cluster.local:6379",
      egress: [{ namespace: "cache", pods: { app: "redis" }, port: 6379 }],
    },
    "mcp-fleet:secretStore": { name: "vault" },
    "mcp-fleet:secrets": { token: { secure: "v1:AAAA" } },
    "mcp-fleet:tiers": Object.fromEntries(sensitivities.map((one) => [one, { quota }])),
  };
}

/** What entries of both kinds say. */
function common(i: number): object {
  const redis = i % 4 === 0;
  return {
    name: name(i),
    title: `Tool number ${i}`,
    description: `Looks things up for team ${i % 12}: what there is, whose it is, and since when.`,
    owner: { team: `team-${i % 12}`, contact: `#team-${i % 12}` },
    category: ["search", "work", "operations"][i % 3],
    costClass: ["free", "low", "medium", "high"][i % 4],
    sensitivity: sensitivities[(i >> 2) % 4],
    clients: [
      { namespace: "litellm", pods: { app: "litellm" } },
      ...(i % 3 === 0 ? [{ namespace: `agents-${i % 7}` }] : []),
    ],
    tools: { publish: Array.from({ length: 1 + (i % 8) }, (_, n) => `tool_${n}`) },
    ...(redis && { sessionStorage: "redis" }),
    ...(i % 5 === 0 && { auth: { audience: `mcp-${name(i)}`, scopes: ["mcp"] } }),
    ...(i % 7 === 0 && { labels: { "example.com/cost-center": String(4000 + i) } }),
    ...(i % 50 === 0 && { lifecycle: { state: "deprecated", sunset: "2027-03-31" } }),
    ...(i % 20 === 0 && { aliases: [`${name(i)}-old`] }),
  };
}

function server(i: number): object {
  const stdio = i % 6 === 4;
  const egress = [
    "none",
    [{ host: `api-${i}.example.com`, port: 443 }],
    [
      { host: `*.region-${i % 9}.example.com`, port: 443 },
      { cidr: `10.${i % 200}.0.0/16`, port: 5432 },
    ],
    [{ namespace: "monitoring", pods: { app: "prometheus" }, port: 9090 }],
  ][i % 4];
  return {
    kind: "Server",
    ...common(i),
    image: `ghcr.io/example/${name(i)}:1.${i % 30}.0@${digest}`,
    transport: stdio ? "stdio" : "streamable-http",
    ...(!stdio && { port: 8000 + (i % 100) }),
    args: ["--listen", "0.0.0.0", `--region=eu-${i % 9}`],
    env: { LOG_LEVEL: "info", BASE_URL: `https://api-${i}.example.com/v1`, PAGE_SIZE: "100" },
    ...(i % 3 !== 0 && { secrets: [secret(i)] }),
    ...(i % 9 === 0 && { volumes: [{ path: "/etc/app", configMap: `${name(i)}-config` }] }),
    writable: ["/tmp"],
    egress,
    resources: {
      requests: { cpu: "50m", memory: "64Mi" },
      limits: { cpu: "500m", memory: i % 10 === 0 ? "1Gi" : "256Mi" },
    },
    ...(!stdio && i % 8 === 0 && { autoscaling: { server: { min: 1, max: 4, cpu: 70 } } }),
  };
}

function secret(i: number): object {
  const env = { API_TOKEN: "token" };
  return [
    { name: `${name(i)}-credentials`, env },
    { name: "api", source: "external", keys: { token: { remote: `mcp/${name(i)}` } }, env },
    { name: "api", source: "pulumi", keys: { token: "token" }, env },
  ][(i >> 1) % 3] as object;
}

function remote(i: number): object {
  return {
    kind: "Remote",
    ...common(i),
    url: `https://mcp.vendor-${i}.example.com/mcp`,
    transport: "streamable-http",
    secrets: [{ name: "api", source: "external", keys: { authorization: { remote: `mcp/${i}` } } }],
    headers: { Authorization: { secret: "api", key: "authorization" }, "X-Client": "mcp-fleet" },
  };
}
