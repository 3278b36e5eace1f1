import type { Finding, PartialEntry } from "./entry";
import { show } from "./problem";
import type { SecretUse } from "./secrets";

/** Rules over the Secrets of an entry and all that refers to them. */
export function secretRules(entry: PartialEntry): readonly Finding[] {
  const { secrets = [] } = entry;
  const found = secrets.flatMap((secret, i) => [
    ...sourceRules(secret, i),
    ...(secrets.findIndex(({ name }) => name === secret.name) < i
      ? [
          {
            path: ["secrets", i, "name"],
            message: `${show(secret.name)} stands twice; write all its keys in one place`,
          },
        ]
      : []),
  ]);
  return [
    ...found,
    ...(entry.kind === "Server"
      ? [...variableRules(entry), ...mountRules(entry)]
      : headerRules(entry)),
  ];
}

// An object's name has 253 characters: these, 50 of the entry, and what the engine adds.
const maxMadeName = 180;

function sourceRules({ name, source, keys, env = {} }: SecretUse, i: number): readonly Finding[] {
  const at = (path: readonly (string | number)[], message: string): Finding => ({
    path: ["secrets", i, ...path],
    message,
  });
  if (source === "existing" && name.includes("."))
    return [
      at(
        ["name"],
        `${show(name)} has a dot, as have the names of Secrets that are made for entries; give the Secret a name without one`,
      ),
    ];
  if (source === "existing")
    return keys
      ? [
          at(
            ["keys"],
            `have no meaning for ${show(name)}, which is there with its own; remove them`,
          ),
        ]
      : [];
  if (name.length > maxMadeName)
    return [
      at(
        ["name"],
        `${show(name)} is too long for a Secret that is made here, whose own name holds the entry's too; write at most ${maxMadeName} characters`,
      ),
    ];
  if (!keys)
    return [
      at(
        ["keys"],
        `is missing for source ${source}; write ${source === "external" ? "{ token: { remote: mcp/grafana } }" : "{ token: grafanaToken }, a name under mcp-fleet:secrets"}`,
      ),
    ];
  const wrongKind = Object.entries(keys).flatMap(([key, value]) =>
    (typeof value === "string") === (source === "pulumi")
      ? []
      : [
          at(
            ["keys", key],
            source === "pulumi"
              ? `${show(value)} is a place in an external store; write a name under mcp-fleet:secrets, or source: external`
              : `${show(value)} is no place in an external store; write { remote: … }, or source: pulumi`,
          ),
        ],
  );
  const unknown = Object.entries(env).flatMap(([variable, key]) =>
    Object.hasOwn(keys, key)
      ? []
      : [
          at(
            ["env", variable],
            `${show(key)} is not among the keys of ${show(name)}; write one of ${Object.keys(keys).join(", ")}`,
          ),
        ],
  );
  return [...wrongKind, ...unknown];
}

type Server = Extract<PartialEntry, { readonly kind: "Server" }>;

function variableRules({ env = {}, secrets = [] }: Server): readonly Finding[] {
  const taken = new Map(Object.keys(env).map((name) => [name, "env"]));
  return secrets.flatMap((secret, i) =>
    Object.keys(secret.env ?? {}).flatMap((variable) => {
      const other = taken.get(variable);
      taken.set(variable, `the Secret ${show(secret.name)}`);
      return other === undefined
        ? []
        : [
            {
              path: ["secrets", i, "env", variable],
              message: `is set by ${other} too; keep one of them`,
            },
          ];
    }),
  );
}

function mountRules({ volumes = [], writable = [], secrets }: Server): readonly Finding[] {
  const taken = new Set<string>();
  const mounts = [
    ...volumes.map((volume, i) => ({ path: ["volumes", i, "path"], at: volume.path })),
    ...writable.map((at, i) => ({ path: ["writable", i], at })),
  ];
  const twice = mounts.flatMap(({ path, at }): readonly Finding[] => {
    if (taken.has(at))
      return [{ path, message: `${show(at)} is the place of something else too; write another` }];
    taken.add(at);
    return [];
  });
  const unknown = volumes.flatMap((volume, i): readonly Finding[] =>
    "secret" in volume && secrets
      ? [
          ...unknownSecret(volume.secret, secrets, ["volumes", i, "secret"]),
          ...unknownKey(volume.secret, volume.key, secrets, ["volumes", i, "key"]),
        ]
      : [],
  );
  return [...twice, ...unknown];
}

function headerRules({
  headers = {},
  secrets,
}: Extract<PartialEntry, { readonly kind: "Remote" }>): readonly Finding[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" || !secrets
      ? []
      : [
          ...unknownSecret(value.secret, secrets, ["headers", name, "secret"]),
          ...unknownKey(value.secret, value.key, secrets, ["headers", name, "key"]),
        ],
  );
}

function unknownSecret(
  name: string,
  secrets: readonly SecretUse[],
  path: Finding["path"],
): readonly Finding[] {
  const known = secrets.map((secret) => secret.name);
  if (known.includes(name)) return [];
  const advice = known.length > 0 ? `write one of ${known.join(", ")}, or add it` : "add it there";
  return [{ path, message: `${show(name)} is not among the entry's secrets; ${advice}` }];
}

function unknownKey(
  name: string,
  key: string | undefined,
  secrets: readonly SecretUse[],
  path: Finding["path"],
): readonly Finding[] {
  const keys = secrets.find((secret) => secret.name === name)?.keys;
  if (key === undefined || !keys || Object.hasOwn(keys, key)) return [];
  return [
    {
      path,
      message: `${show(key)} is not among the keys of ${show(name)}; write one of ${Object.keys(keys).join(", ")}`,
    },
  ];
}
