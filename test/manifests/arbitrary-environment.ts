/** Random settings of an environment that are right. */
import * as fc from "fast-check";
import type { z } from "zod";
import { sensitivities, settingsFromConfig } from "../../catalog";
import type { Sensitivity, Settings } from "../../catalog";
import { settingsSchema } from "../../catalog/settings";
import * as words from "./arbitrary-words";

/** Settings as a stack's file has them. */
export type SettingsText = z.input<typeof settingsSchema>;

/** Names of the values that every random environment has in its configuration. */
export const configured = ["alpha", "beta-1", "gamma_2"];

/** Pods of the cluster. */
export const peer = fc.record(
  { namespace: words.slug, pods: words.podLabels },
  { requiredKeys: ["namespace"] },
);

const protocol = fc.constantFrom("TCP" as const, "UDP" as const);

const reached = (fields: "host" | "range" | "pods") => {
  const at = { port: words.port, protocol };
  const optional = { requiredKeys: ["port"] as ["port"] };
  const where = { host: words.host.chain(maybeBelow), range: words.range, pods: peer }[fields];
  return fc
    .tuple(where, fc.record(at, optional))
    .map(([to, rest]) =>
      typeof to !== "string"
        ? { ...to, ...rest }
        : fields === "host"
          ? { host: to, ...rest }
          : { cidr: to, ...rest },
    );
};

function maybeBelow(host: string): fc.Arbitrary<string> {
  return fc.constantFrom(host, `*.${host}`);
}

/** What may be reached. */
export function destinations(hosts: boolean) {
  const all = [reached("range"), reached("pods"), fc.constant({ apiServer: true as const })];
  return fc.array(fc.oneof(...all, ...(hosts ? [reached("host"), reached("host")] : [])), {
    minLength: 1,
    maxLength: 4,
  });
}

/** Network engines that an environment may have. */
export const engines = ["kubernetes", "cilium", "cluster-network-policy"] as const;

const network = fc.constantFrom(...engines).chain((engine) =>
  fc.record({
    engine: fc.constant(engine),
    priority: fc.integer({ min: 0, max: 1000 }),
    apiServer: fc.array(fc.record({ cidr: words.address, port: words.port }), {
      minLength: 1,
      maxLength: 3,
    }),
    dns: fc.record(
      {
        namespace: words.slug,
        pods: words.podLabels,
        // Cilium knows the node's own addresses by no range.
        addresses: fc.array(
          engine === "cilium"
            ? words.range
            : fc.oneof(words.range, fc.constant("169.254.20.10/32")),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    ),
    exclude: fc.array(words.range, { maxLength: 3 }),
  }),
);

const url = fc
  .tuple(words.host, words.word(5))
  .map(([host, path]) => `https://${host}/${path}` as const);

/** A service that proxies lean on; plain NetworkPolicy cannot name its host. */
function service(hosts: boolean) {
  return fc.oneof(fc.constantFrom("none" as const, "internet" as const), destinations(hosts));
}

const httpTransports = ["streamable-http", "sse"] as const;

function tier(sensitivity: Sensitivity, oidc: boolean) {
  return fc
    .record({
      open: fc.boolean(),
      internet: fc.boolean(),
      namespace: fc.constantFrom(`mcp-${sensitivity}`, `tools-${sensitivity}`, sensitivity),
      serviceAccount: fc.constantFrom("mcp-server", "runner", "backends"),
      podSecurity: fc.constantFrom(...(["restricted", "baseline"] as const)),
      readOnlyRoot: fc.boolean(),
      seccomp: fc.constantFrom("RuntimeDefault", "localhost/tools.json"),
      runtimeClass: fc.option(words.slug, { nil: undefined }),
      auth: oidc ? fc.boolean() : fc.constant(false),
      clients: fc.oneof(
        fc.constant("any" as const),
        fc.array(peer, { minLength: 1, maxLength: 3 }),
      ),
      transports: fc.constantFrom<("stdio" | "streamable-http" | "sse")[]>(
        ["stdio", ...httpTransports],
        ["stdio", "sse"],
        ["streamable-http"],
      ),
      digest: fc.boolean(),
      registries: fc.option(fc.constant(["registry.example:5000/tools", "ghcr.io"]), {
        nil: undefined,
      }),
    })
    .map(({ open, internet, digest, registries, ...rest }) => ({
      ...rest,
      openEgress: open,
      egress: open && internet ? ("internet" as const) : ("none" as const),
      image: { digest, ...(registries && { registries }) },
      quota: {
        requests: { cpu: "100k", memory: "1Pi" },
        limits: { cpu: "100k", memory: "1Pi" },
        pods: 1_000_000,
      },
    }));
}

/** Settings as they are written. */
export const settingsText: fc.Arbitrary<SettingsText> = fc
  .tuple(network, fc.boolean(), fc.boolean(), fc.boolean())
  .chain(([net, oidc, redis, store]) => {
    const hosts = net.engine !== "kubernetes";
    const tiers = Object.fromEntries(
      sensitivities.map((sensitivity) => [sensitivity, tier(sensitivity, oidc)] as const),
    ) as Record<Sensitivity, ReturnType<typeof tier>>;
    return fc.record({
      network: fc.constant(net),
      tiers: fc.record(tiers),
      secrets: fc.constant(Object.fromEntries(configured.map((name) => [name, { secure: "" }]))),
      ...(oidc && {
        oidc: fc.record(
          { issuer: url, jwksUrl: url, egress: service(hosts) },
          { requiredKeys: ["issuer"] },
        ),
      }),
      ...(redis && {
        redis: fc.record(
          {
            address: fc.constantFrom("redis.cache.svc:6379", "[2001:db8::1]:6379"),
            egress: service(hosts),
            password: fc.record({ secret: words.objectName, key: words.dataKey }),
          },
          { requiredKeys: ["address"] },
        ),
      }),
      ...(store && {
        secretStore: fc.record({
          kind: fc.constantFrom("ClusterSecretStore" as const, "SecretStore" as const),
          name: words.objectName,
          refresh: fc.constantFrom("15m", "1h30m"),
        }),
      }),
    }) as fc.Arbitrary<SettingsText>;
  });

/** Settings as the program has them; a failed property shows them as they are written. */
export function settingsOf(values: SettingsText): Settings {
  const made = settingsFromConfig(values, __dirname, "random");
  return Object.defineProperty(made, fc.toStringMethod, { value: () => JSON.stringify(values) });
}

/** Settings that are right. */
export const settings = settingsText.map(settingsOf);
