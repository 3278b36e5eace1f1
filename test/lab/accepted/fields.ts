import { entryJsonSchema } from "../../../catalog";

interface Schema {
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
}

/** Fields of both kinds, and words that a field can have, that no entry of these uses. */
export function unused(entries: readonly Record<string, unknown>[]): readonly string[] {
  const known = new Set<string>();
  const used = new Set<string>();
  const walk = (schema: Schema, values: readonly unknown[], kind: string, path: string): void => {
    const words = schema.const === undefined ? (schema.enum ?? []) : [schema.const];
    // Both kinds have the same words, and each word need be tried once.
    for (const word of words) known.add(`${path}: ${String(word)}`);
    for (const value of values) used.add(`${path}: ${String(value)}`);
    for (const inner of schema.anyOf ?? []) walk(inner, values, kind, path);
    if (schema.items) walk(schema.items, values.flatMap(listed), kind, `${path}[]`);
    const maps = values.filter(isMap);
    if (typeof schema.additionalProperties === "object")
      walk(schema.additionalProperties, maps.flatMap(Object.values), kind, `${path}.*`);
    for (const [key, inner] of Object.entries(schema.properties ?? {})) {
      const own = maps.map((map) => map[key]).filter((value) => value !== undefined);
      const field = path === "" ? key : `${path}.${key}`;
      known.add(`${kind} ${field}`);
      if (own.length > 0) used.add(`${kind} ${field}`);
      walk(inner, own, kind, field);
    }
  };
  for (const schema of (entryJsonSchema() as Schema).anyOf ?? []) {
    const kind = String(schema.properties?.kind?.enum?.[0] ?? schema.properties?.kind?.const);
    const own = entries.filter((entry) => entry.kind === kind);
    walk(schema, own, kind, "");
  }
  return [...known].filter((name) => !used.has(name));
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
