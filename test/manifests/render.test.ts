import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadCatalogue, settingsFromConfig } from "../../catalog";
import type { Settings } from "../../catalog";
import { renderFiles } from "../../manifests";

const fixtures = join(__dirname, "catalogue");
const goldens = join(__dirname, "golden");
const apiServer = [
  { cidr: "10.0.0.1/32", port: 6443 },
  { cidr: "2001:db8::1/128", port: 6443 },
];

// What the fixtures lean on.
const services = {
  oidc: {
    issuer: "https://idp.example.com/realms/corp",
    egress: [{ namespace: "identity", pods: { app: "keycloak" }, port: 8443 }],
  },
  redis: {
    address: "redis.cache.svc.cluster.local:6379",
    egress: [{ namespace: "cache", pods: { app: "redis" }, port: 6379 }],
    password: { secret: "redis", key: "password" },
  },
  secretStore: { name: "vault", refresh: "15m" },
  secrets: { everythingKey: { secure: "" } },
};

// Those in which engines differ.
const engineFiles = [
  "remotes/linear.yaml",
  "servers/everything.yaml",
  "servers/terminal.yaml",
  "tiers/internal.yaml",
];

function settings(values: Readonly<Record<string, unknown>> = {}): Settings {
  return settingsFromConfig(values, __dirname, "test");
}

function render(values?: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const environment = settings(values);
  const entries = loadCatalogue([fixtures], environment, () => undefined);
  return renderFiles(entries, environment, apiServer);
}

describe("renderFiles", () => {
  const values = {
    network: {
      dns: { addresses: ["169.254.20.10/32"] },
      exclude: ["34.118.224.0/20", "2600:2d00::/32"],
    },
    tiers: {
      confidential: {
        namespace: "secret-tools",
        podSecurity: { enforce: "baseline", version: "v1.36" },
        seccomp: "localhost/profiles/tools.json",
        runtimeClass: "kata",
      },
    },
    ...services,
  };
  const files = render(values);
  const ofEngine = (engine: string): readonly (readonly [string, string])[] =>
    [...render({ network: { engine }, ...services })]
      .filter(([path]) => engineFiles.includes(path))
      .map(([path, text]) => [`${engine}/${path}`, text]);

  // UPDATE_GOLDEN=1 writes what is rendered now; the difference is then reviewed as any other.
  for (const [path, text] of [
    ...files,
    ...ofEngine("cilium"),
    ...ofEngine("cluster-network-policy"),
  ])
    it(`renders ${path} as reviewed`, () => {
      const golden = join(goldens, path);
      if (process.env.UPDATE_GOLDEN === "1") {
        mkdirSync(dirname(golden), { recursive: true });
        writeFileSync(golden, text);
      }
      assert.ok(existsSync(golden), `${golden} is missing; run with UPDATE_GOLDEN=1 and review it`);
      assert.equal(text, readFileSync(golden, "utf8"));
    });

  it("renders the same text every time", () => {
    assert.deepEqual([...render(values)], [...files]);
  });

  it("makes one file of each tier and each entry, but none of what is retired", () => {
    assert.deepEqual([...files.keys()].sort(), [
      "remotes/linear.yaml",
      "servers/everything.yaml",
      "servers/osv.yaml",
      "servers/quiet.yaml",
      "servers/terminal.yaml",
      "tiers/confidential.yaml",
      "tiers/internal.yaml",
      "tiers/public.yaml",
      "tiers/restricted.yaml",
    ]);
  });
});
