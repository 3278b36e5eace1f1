/** Random catalogues whose names come close to those of other objects, and may be refused for it. */
import * as fc from "fast-check";
import type { EntryText } from "./arbitrary-entry";
import { configured, engines } from "./arbitrary-environment";
import type { SettingsText } from "./arbitrary-environment";

// What ToolHive and the fleet hang on a name.
const ends = [
  ...["-proxy", "-headless", "-remote", "-remote-proxy", "-proxy-runner", "-remote-proxy-runner"],
  ...["-runconfig", "-server", "-backend", "-tools", "-hosts", "-secret-b", "-alias-b"],
];

// Names of a tier's own objects.
const taken = ["proxies", "backends", "remotes", "default-deny", "oidc", "quota", "limits"];

const long = fc.integer({ min: 44, max: 54 }).map((length) => "x".repeat(length));

const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "b", "mcp-a", ...ends.map((end) => `a${end}`)) },
  { weight: 1, arbitrary: fc.constantFrom(...taken) },
  { weight: 1, arbitrary: long },
);

const alias = fc.oneof(name, fc.constantFrom("c", "b-alias-c"));

const secretName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("c", "b-secret-c") },
  { weight: 1, arbitrary: fc.constantFrom("b.c", "tools") },
  { weight: 1, arbitrary: fc.integer({ min: 170, max: 210 }).map((length) => "s".repeat(length)) },
);

const labels = fc.constantFrom<(Record<string, string> | undefined)[]>(
  ...Array<undefined>(20).fill(undefined),
  { "example.com/a": "v".repeat(63) },
  { [`${"d.".repeat(120)}example.com/${"k".repeat(63)}`]: "" },
  { "a..b/c": "d" },
  { "a-.b/c": "d" },
);

const entry: fc.Arbitrary<EntryText> = fc
  .record({
    name,
    kind: fc.constantFrom("Server" as const, "Server" as const, "Remote" as const),
    transport: fc.constantFrom("stdio" as const, ...Array<"sse">(3).fill("sse")),
    sensitivity: fc.constantFrom("internal" as const, "internal" as const, "public" as const),
    aliases: fc.uniqueArray(alias, { maxLength: 2 }),
    secrets: fc.uniqueArray(
      fc.record({
        name: secretName,
        source: fc.constantFrom("external" as const, "pulumi" as const),
      }),
      { maxLength: 2, selector: ({ name: own }) => own },
    ),
    labels,
    scaled: fc.boolean(),
  })
  .map(({ kind, transport, secrets, labels: own, scaled, ...rest }) => {
    const common = {
      ...rest,
      title: "a",
      description: "a",
      owner: { team: "a", contact: "a" },
      category: "a",
      costClass: "free" as const,
      ...(own && { labels: own }),
      ...(scaled && {
        autoscaling: { proxy: { max: 1 }, ...(kind === "Server" && { server: { max: 1 } }) },
      }),
      secrets: secrets.map(({ name: called, source }) => ({
        name: called,
        source,
        keys: { k: source === "external" ? { remote: "r" } : (configured[0] ?? "") },
      })),
    };
    return kind === "Remote"
      ? { kind, ...common, url: "https://a.example.com/mcp", transport: "streamable-http" }
      : {
          kind,
          ...common,
          image: "a",
          transport,
          ...(transport !== "stdio" && { port: 8080 }),
          egress: [{ host: "a.example.com", port: 443 }],
          resources: {
            requests: { cpu: "1m", memory: "1Mi" },
            limits: { cpu: "1m", memory: "1Mi" },
          },
        };
  });

const settings = fc
  .record({
    engine: fc.constantFrom(...engines),
    serviceAccount: fc.constantFrom(
      ...Array<string>(8).fill("mcp-server"),
      ...["a-proxy-runner", "a-remote-proxy-runner"],
    ),
    namespace: fc.constantFrom(
      ...Array<string>(8).fill("mcp-public"),
      ...["mcp-internal", "toolhive-system"],
    ),
  })
  .map(({ engine, serviceAccount, namespace }): SettingsText => ({
    network: { engine, apiServer: [{ cidr: "10.0.0.1/32", port: 6443 }] },
    oidc: { issuer: "https://idp.example.com" },
    secretStore: { name: "store" },
    secrets: Object.fromEntries(configured.map((one) => [one, { secure: "" }])),
    tiers: { internal: { serviceAccount }, public: { namespace } },
  }));

/** Settings and entries as they are written. */
export interface NearNames {
  readonly settings: SettingsText;
  readonly entries: readonly EntryText[];
}

const some = fc.array(entry, { minLength: 2, maxLength: 3 });

/** Two entries of one tier, of which one is named as something of the other is. */
const pair = fc
  .tuple(entry, entry, fc.constantFrom(...ends))
  .map(([one, other, end]): EntryText[] => [
    { ...one, name: "a", sensitivity: "internal" },
    { ...other, name: `a${end}`, sensitivity: "internal" },
  ]);

/** Two entries that come to the same where the parts of a name are only put in a row. */
const inRow = fc
  .tuple(entry, entry, fc.constantFrom("secret" as const, "alias" as const))
  .map(([one, other, role]): EntryText[] => {
    const own = { source: "external" as const, keys: { k: { remote: "r" } } };
    const called = (list: readonly string[]) =>
      role === "alias"
        ? { aliases: [...list], secrets: [] }
        : { aliases: [], secrets: list.map((name) => ({ name, ...own })) };
    return [
      { ...one, name: "a", ...called([`b-${role}-c`]) },
      { ...other, name: `a-${role}-b`, ...called(["c"]) },
    ];
  });

/** An entry with an alias under which it would make what it makes under its name. */
const itself = entry.map((one): EntryText[] => [{ ...one, name: "a-proxy", aliases: ["a"] }]);

/** An entry with as long a name, and a Secret with as long a one, as may be, or a little longer. */
const longest = fc
  .tuple(entry, long, fc.integer({ min: 170, max: 210 }))
  .map(([one, own, length]): EntryText[] => {
    const keys = { k: configured[0] ?? "" };
    return [
      {
        ...one,
        name: own,
        secrets: [{ name: "s".repeat(length), source: "pulumi" as const, keys }],
      },
    ];
  });

/** Entries whose names are near each other. */
export const nearNames: fc.Arbitrary<NearNames> = fc.record({
  settings,
  entries: fc.oneof(
    { weight: 4, arbitrary: some },
    { weight: 4, arbitrary: pair },
    { weight: 1, arbitrary: inRow },
    { weight: 1, arbitrary: itself },
    { weight: 1, arbitrary: longest },
  ),
});
