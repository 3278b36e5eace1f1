import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { checkCatalogue, entryJsonSchema } from "../../../catalog";
import type { Problem } from "../../../catalog";

interface Schema {
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** A key of a Secret, as long as one can be. */
const key = "k".repeat(253);

const runs = {
  image: "registry.example.com/long:1",
  transport: "streamable-http",
  port: 8080,
  resources: {
    requests: { cpu: "10m", memory: "32Mi" },
    limits: { cpu: "100m", memory: "64Mi" },
  },
};

const shared = {
  title: "Long",
  description: "Has the longest names that the catalogue allows.",
  owner: { team: "t".repeat(63), contact: "c".repeat(200) },
  category: "c".repeat(63),
  costClass: "free",
  sensitivity: "internal",
};

/**
 * Writes an entry of each kind to a folder, with the longest names that the catalogue allows, and one that
 * reaches more hosts and ports than one rule or one policy of any engine can name.
 */
export function writeLongest(folder: string): void {
  const write = (name: string, entry: object): void => {
    writeFileSync(join(folder, `${name}.yaml`), stringify(entry));
  };
  const length = longestMade((tried) => {
    for (const [name, entry] of Object.entries(longestEntries(tried))) write(name, entry);
    return checkCatalogue([folder]).problems.filter(({ severity }) => severity === "error");
  });
  for (const [name, entry] of Object.entries(longestEntries(length))) write(name, entry);
  write("many", manyDestinations());
}

/**
 * How long the name of a Secret that is made here may be: a rule says it, and not the schema.
 * @param errors Errors with names of this length.
 */
function longestMade(errors: (length: number) => readonly Problem[]): number {
  let [right, wrong] = [1, 254];
  while (wrong - right > 1) {
    const tried = Math.floor((right + wrong) / 2);
    const found = errors(tried);
    const other = found.find(
      ({ path }) => !/^secrets\[\d\]\.name$|^headers\.X-\d\.secret$/.test(path),
    );
    if (other) throw new Error(other.message);
    if (found.length === 0) right = tried;
    else wrong = tried;
  }
  return right;
}

function manyDestinations(): object {
  const hosts = Array.from({ length: 700 }, (_, i) => ({ host: `h${i}.example.com`, port: 443 }));
  const ports = Array.from({ length: 60 }, (_, i) => ({ host: "example.com", port: 1000 + i }));
  return { kind: "Server", name: "many", ...shared, ...runs, egress: [...hosts, ...ports] };
}

function longestEntries(length: number): Readonly<Record<string, object>> {
  const [server, remote] = (entryJsonSchema() as Schema).anyOf ?? [];
  const use = server?.properties?.secrets?.items?.properties;
  const made = [
    {
      name: padded("fetched", length),
      source: "external",
      keys: { [key]: { remote: "mcp/long" } },
    },
    { name: padded("encrypted", length), source: "pulumi", keys: { [key]: "mailKey" } },
  ];
  const secrets = [{ name: longest(use?.name)("existing"), source: "existing" }, ...made];
  return {
    server: {
      kind: "Server",
      name: longest(server?.properties?.name)("server"),
      ...shared,
      ...runs,
      secrets: secrets.map((secret, i) => ({ ...secret, env: { [`KEY_${i}`]: key } })),
      autoscaling: { server: { max: 2 }, proxy: { max: 2 } },
      aliases: [longest(server?.properties?.aliases?.items)("other-server")],
    },
    remote: {
      kind: "Remote",
      name: longest(remote?.properties?.name)("remote"),
      ...shared,
      url: "https://long.example.com/mcp",
      transport: "streamable-http",
      secrets: made,
      headers: Object.fromEntries(made.map(({ name }, i) => [`X-${i}`, { secret: name, key }])),
      autoscaling: { proxy: { max: 2 } },
      aliases: [longest(remote?.properties?.aliases?.items)("other-remote")],
    },
  };
}

/** Makes the longest name of a kind that begins with a word. */
function longest(schema: Schema | undefined): (word: string) => string {
  const length = schema?.maxLength;
  if (length === undefined) throw new Error("the schema says no length");
  return (word) => padded(word, length);
}

function padded(word: string, length: number): string {
  return word.padEnd(length, "-and-longer").replace(/-$/, "x");
}
