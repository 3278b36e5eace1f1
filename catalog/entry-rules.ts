import type { Finding, PartialEntry } from "./entry";
import { namesSecret, secretIn } from "./secret-text";
import { show } from "./problem";
import { scalingRules } from "./scaling-rules";
import { secretRules } from "./secret-rules";

/**
 * Rules over several fields of one entry; each looks at what is right of it, so that all errors show at once.
 * @param written The entry as it was written, to tell what is missing from what is wrong.
 */
export function entryFindings(entry: PartialEntry, written: object): readonly Finding[] {
  return [
    ...transportRules(entry, written),
    ...plainSecrets(entry),
    ...secretsInText(entry, written),
    ...secretRules(entry),
    ...scalingRules(entry),
    ...lifecycleRules(entry),
  ];
}

function transportRules(entry: PartialEntry, written: object): readonly Finding[] {
  if (entry.kind !== "Server" || entry.transport === undefined) return [];
  const { transport, port, proxy } = entry;
  const stdio = transport === "stdio";
  const found: Finding[] = [];
  if (!stdio && !("port" in written))
    found.push({
      path: ["port"],
      message: "is missing; write the port that the server listens on, for example 8080",
    });
  if (stdio && port !== undefined)
    found.push({
      path: ["port"],
      message: `${port} has no meaning with transport stdio, which listens on no port; remove it`,
    });
  if (!stdio && proxy?.mode !== undefined)
    found.push({
      path: ["proxy", "mode"],
      message: `${show(proxy.mode)} has no meaning with transport ${transport}, which the proxy speaks as the server does; remove it`,
    });
  return found;
}

// Fields that the rules above look at with more to say, or whose texts are references.
const looked = new Set(["env", "headers", "args", "secrets"]);

/** Secrets that stand where nobody would look for one: in a description, a label, an address. */
function secretsInText(entry: PartialEntry, written: object): readonly Finding[] {
  const found: Finding[] = [];
  const look = (value: unknown, path: Finding["path"]): void => {
    if (typeof value === "string") {
      const kind = secretIn(value);
      if (kind !== undefined)
        found.push({ path, message: `holds what looks like a secret (${kind}); remove it` });
    } else if (typeof value === "object" && value !== null && path.length < 6)
      for (const [key, inner] of Object.entries(value))
        look(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  for (const [key, value] of Object.entries(entry))
    if (!looked.has(key) && key in written) look(value, [key]);
  return found;
}

const byReference = "write it under secrets, by reference";

/** Values in the open that look like secrets, or are named like one. */
export function plainSecrets(entry: PartialEntry): readonly Finding[] {
  const values =
    entry.kind === "Server"
      ? Object.entries(entry.env ?? {}).map(([name, value]) => ({
          path: ["env", name],
          name,
          value,
        }))
      : Object.entries(entry.headers ?? {}).flatMap(([name, value]) =>
          typeof value === "string" ? [{ path: ["headers", name], name, value }] : [],
        );
  const named = values.flatMap(({ path, name, value }): readonly Finding[] => {
    const kind = secretIn(`${name}=${value}`) ?? secretIn(value);
    if (kind !== undefined)
      return [{ path, message: `holds what looks like a secret (${kind}); ${byReference}` }];
    return namesSecret(name, value)
      ? [{ path, message: `is named like a secret and holds a plain value; ${byReference}` }]
      : [];
  });
  return [...named, ...(entry.kind === "Server" ? secretArguments(entry.args ?? []) : [])];
}

function secretArguments(args: readonly string[]): readonly Finding[] {
  return args.flatMap((arg, i): readonly Finding[] => {
    const kind = secretIn(arg);
    if (kind !== undefined)
      return [
        { path: ["args", i], message: `holds what looks like a secret (${kind}); ${byReference}` },
      ];
    const [, flag, own] = /^((?:--?)?[A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (flag === undefined || (own === undefined && !flag.startsWith("-"))) return [];
    const next = args[i + 1];
    const value = own ?? (next?.startsWith("-") === false ? next : undefined);
    if (value === undefined || value.includes("$(") || !namesSecret(flag, value)) return [];
    return [
      {
        path: ["args", own === undefined ? i + 1 : i],
        message: `is given to ${flag}, which is named like a secret; ${byReference}, and say $(NAME) here`,
      },
    ];
  });
}

function lifecycleRules({ name, lifecycle, aliases }: PartialEntry): readonly Finding[] {
  const found: Finding[] = [];
  if (lifecycle?.state === "active")
    for (const key of ["sunset", "replacedBy"] as const)
      if (lifecycle[key] !== undefined)
        found.push({
          path: ["lifecycle", key],
          message: `${show(lifecycle[key])} has no meaning for an active entry; write state: deprecated, or remove it`,
        });
  if (name !== undefined && lifecycle?.replacedBy === name)
    found.push({
      path: ["lifecycle", "replacedBy"],
      message: `${show(name)} is the entry itself; write the one that takes its place`,
    });
  aliases?.forEach((alias, i) => {
    if (alias === name || aliases.indexOf(alias) < i)
      found.push({
        path: ["aliases", i],
        message: `${show(alias)} is ${alias === name ? "the entry's own name" : "there already"}; remove it`,
      });
  });
  return found;
}
