/** Random entries of both kinds that are right for their environment. */
import * as fc from "fast-check";
import type { z } from "zod";
import { knowsHosts, sensitivities, tiersOf } from "../../catalog";
import type { Settings, Tier } from "../../catalog";
import type { remoteEntry } from "../../catalog/remote";
import type { serverEntry } from "../../catalog/server";
import { destinations, peer } from "./arbitrary-environment";
import { headers, mounts, secrets, variables } from "./arbitrary-storage";
import { defined, rateLimits, scaling } from "./arbitrary-scaling";
import * as words from "./arbitrary-words";

/** A Server entry as a file has it. */
export type ServerText = z.input<typeof serverEntry>;

/** A Remote entry as a file has it. */
export type RemoteText = z.input<typeof remoteEntry>;

/** An entry as a file has it. */
export type EntryText = ServerText | RemoteText;

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

function image({ image: { digest: needed, registries } }: Tier): fc.Arbitrary<string> {
  const at = registries ? ["ghcr.io", "registry.example:5000/tools"] : ["ghcr.io", "a.b:1", "mcp"];
  const end = needed ? [`@${digest}`, `:1.2@${digest}`] : ["", ":1.2-rc_1", `@${digest}`];
  return fc
    .tuple(fc.constantFrom(...at), words.word(8), fc.constantFrom(...end))
    .map(([registry, name, version]) => `${registry}/${name}${version}`);
}

const identity = fc.record({
  title: words.line,
  description: words.line,
  owner: fc.record({ team: words.slug, contact: words.line }),
  category: words.slug,
  costClass: fc.constantFrom("free" as const, "low" as const, "medium" as const, "high" as const),
});

function clients({ clients: allowed }: Tier) {
  const one =
    allowed === "any"
      ? peer
      : fc.tuple(fc.constantFrom(...allowed), fc.option(words.podLabels)).map(([some, more]) =>
          // Within what the tier allows: the same pods, or fewer of them.
          more === null ? some : { ...some, pods: { ...more, ...some.pods } },
        );
  return fc.array(one, { maxLength: 3 });
}

const tools = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_./-]{0,11}$/), {
  maxLength: 3,
});

/** What entries of both kinds have alike. */
function common(name: string, { oidc, redis }: Settings, tier: Tier) {
  const withAuth = tier.auth ? fc.constant(true) : oidc ? fc.boolean() : fc.constant(false);
  return fc
    .tuple(
      identity,
      withAuth,
      fc.record(
        {
          clients: clients(tier),
          tools: tools.map((publish) => ({ publish })),
          sessionStorage: fc.constantFrom("memory" as const, ...(redis ? ["redis" as const] : [])),
          labels: words.freeLabels,
          annotations: fc.dictionary(words.freeKey, words.plainText, { maxKeys: 2 }),
          placement: fc.record(
            {
              nodeSelector: words.freeLabels,
              tolerations: fc.array(
                fc.record(
                  {
                    key: words.freeKey,
                    value: words.labelValue,
                    effect: fc.constantFrom("NoSchedule" as const, "NoExecute" as const),
                  },
                  { requiredKeys: ["key"] },
                ),
                { maxLength: 2 },
              ),
            },
            { requiredKeys: [] },
          ),
          lifecycle: fc.constantFrom(
            ...(["active", "deprecated", "retired"] as const).map((state) => ({ state })),
            { state: "deprecated" as const, sunset: "2027-03-31" },
          ),
          aliases: fc
            .nat(2)
            .map((n) => Array.from({ length: n }, (_, i) => `y${i}${name.slice(-20)}`)),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([who, auth, rest]) => ({
      ...who,
      ...rest,
      name,
      sensitivity: tier.sensitivity,
      ...(auth && { auth: { audience: `for-${name}`, scopes: ["mcp"] } }),
    }));
}

function server(name: string, settings: Settings, tier: Tier): fc.Arbitrary<ServerText> {
  const spoken = [
    ...tier.transports,
    ...(tier.transports.includes("streamable-http") ? ["http" as const] : []),
  ];
  const hosts = knowsHosts(settings) || tier.openEgress;
  return fc
    .tuple(common(name, settings, tier), secrets(settings), fc.constantFrom(...spoken))
    .chain(([own, known, transport]) => {
      const stdio = transport === "stdio";
      const redis = own.sessionStorage === "redis";
      return fc
        .record({
          image: image(tier),
          resources: words.resources,
          stored: fc.tuple(mounts(known), variables(known)),
          port: words.serverPort,
          scaling: scaling(stdio ? ["one", "one"] : ["many", "many"]),
          limits: redis
            ? fc.option(rateLimits(own.auth !== undefined, own.tools?.publish ?? []))
            : fc.constant(null),
          rest: fc.record(
            {
              args: fc.array(words.plainText, { maxLength: 3 }),
              egress: fc.oneof(
                fc.constantFrom("none" as const, ...(tier.openEgress ? ["internet" as const] : [])),
                destinations(hosts),
              ),
              proxy: fc.record(
                {
                  resources: words.resources,
                  ...(stdio && {
                    mode: fc.constantFrom("sse" as const, "streamable-http" as const),
                  }),
                },
                { requiredKeys: [] },
              ),
              priorityClass: words.objectName,
              runtimeClass: words.objectName,
              imagePullSecrets: fc.array(words.objectName, { maxLength: 2 }),
            },
            { requiredKeys: [] },
          ),
        })
        .map(({ stored: [mounted, set], port, scaling: pods, limits, rest, ...always }) => ({
          kind: "Server" as const,
          ...own,
          transport,
          ...(!stdio && { port }),
          ...always,
          ...mounted,
          ...set,
          ...rest,
          ...pods,
          ...(limits && { rateLimits: limits }),
        }));
    });
}

function remote(name: string, settings: Settings, tier: Tier): fc.Arbitrary<RemoteText> {
  const spoken = tier.transports.filter((transport) => transport !== "stdio");
  const addresses = fc.array(words.range, { minLength: 1, maxLength: 3 });
  const hosts = knowsHosts(settings) || tier.openEgress;
  return fc.tuple(common(name, settings, tier), secrets(settings)).chain(([own, known]) =>
    fc
      .record({
        transport: fc.constantFrom(...spoken),
        url: fc
          .tuple(words.host, fc.option(words.port), fc.constantFrom("", "/", "/mcp", "/a/b%20c"))
          .map(([host, port, path]) => `https://${host}${port === null ? "" : `:${port}`}${path}`),
        addresses: hosts ? fc.option(addresses, { nil: undefined }) : addresses,
        headers: headers(known),
        proxy: fc.record({ resources: words.resources }, { requiredKeys: [] }),
        scaling: scaling(["none", "many"]),
      })
      .map(
        ({ scaling: pods, ...rest }) =>
          ({
            kind: "Remote" as const,
            ...own,
            ...defined(rest),
            ...pods,
            secrets: [...known],
          }) as RemoteText,
      ),
  );
}

/** An entry of this name. */
export function entry(name: string, settings: Settings): fc.Arbitrary<EntryText> {
  const tiers = tiersOf(settings);
  return fc.constantFrom(...sensitivities).chain((sensitivity) => {
    const tier = tiers.find((one) => one.sensitivity === sensitivity);
    if (!tier) throw new Error(`there is no tier ${sensitivity}`);
    return fc.oneof<fc.Arbitrary<EntryText>[]>(
      server(name, settings, tier),
      remote(name, settings, tier),
    );
  });
}
