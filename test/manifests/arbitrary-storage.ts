/** Random Secrets of an entry with all that refers to them: variables, volumes, headers. */
import * as fc from "fast-check";
import type { Settings } from "../../catalog";
import { configured } from "./arbitrary-environment";
import * as words from "./arbitrary-words";

/** One Secret as an entry names it, with keys of its own that may be referred to. */
export interface SecretText {
  readonly name: string;
  readonly source?: "existing" | "external" | "pulumi";
  readonly keys?: Record<string, string | { remote: string; property?: string }>;
}

const place = fc.record(
  { remote: fc.constantFrom("mcp/a", "kv:x#1", "a"), property: words.word(5) },
  { requiredKeys: ["remote"] },
);

function secret(name: string, store: boolean): fc.Arbitrary<SecretText> {
  const keys = <T>(value: fc.Arbitrary<T>) =>
    fc.dictionary(words.dataKey, value, { minKeys: 1, maxKeys: 3 });
  return fc.oneof(
    // One that is there has no dot in its name: those are made for entries.
    fc.constantFrom<SecretText>(
      { name: name.replaceAll(".", "-") },
      { name: name.replaceAll(".", "-"), source: "existing" },
    ),
    fc.record({
      name: fc.constant(name),
      source: fc.constant("pulumi" as const),
      keys: keys(fc.constantFrom(...configured)),
    }),
    ...(store
      ? [
          fc.record({
            name: fc.constant(name),
            source: fc.constant("external" as const),
            keys: keys(place),
          }),
        ]
      : []),
  );
}

/** Secrets of different names. */
export function secrets({ secretStore }: Settings): fc.Arbitrary<readonly SecretText[]> {
  return fc
    .uniqueArray(words.objectName, { maxLength: 3 })
    .chain((names) => fc.tuple(...names.map((name) => secret(name, secretStore !== undefined))));
}

/** A key of a Secret that may be named: one of its own, or any of one that is there already. */
export function keyOf({ keys }: SecretText): fc.Arbitrary<string> {
  return keys ? fc.constantFrom(...Object.keys(keys)) : words.dataKey;
}

/** Where something may be mounted, apart from all that other places give. */
function path(place: string): fc.Arbitrary<string> {
  return fc.constantFrom(`/${place}`, `/data/${place}`, `/var/lib/a@1/${place}.d`);
}

const emptyDir = fc.record(
  {
    sizeLimit: fc.constantFrom("1Mi", "1Gi", "1000"),
    medium: fc.constantFrom("disk" as const, "memory" as const),
  },
  { requiredKeys: [] },
);

function volume(i: number, known: readonly SecretText[]) {
  const at = path(`v${i}`);
  return fc.oneof(
    fc.record(
      { path: at, configMap: words.objectName, key: words.dataKey },
      { requiredKeys: ["path", "configMap"] },
    ),
    fc.record(
      { path: at, claim: words.objectName, readOnly: fc.boolean() },
      { requiredKeys: ["path", "claim"] },
    ),
    fc.record({ path: at, emptyDir }),
    ...known.map((one) =>
      fc.record(
        { path: at, secret: fc.constant(one.name), key: keyOf(one) },
        { requiredKeys: ["path", "secret"] },
      ),
    ),
  );
}

/** Volumes and writable folders, no two at one place. */
export function mounts(known: readonly SecretText[]) {
  return fc.record(
    {
      volumes: fc
        .nat(3)
        .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => volume(i, known)))),
      writable: fc
        .nat(2)
        .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => path(`w${i}`)))),
    },
    { requiredKeys: [] },
  );
}

/** Plain variables, and variables of each Secret, no two of one name. */
export function variables(known: readonly SecretText[]) {
  const named = (start: string) =>
    fc.dictionary(
      words.word(6).map((text) => `${start}_${text.toUpperCase()}x`),
      words.plainText,
      { maxKeys: 3 },
    );
  const ofSecret = (one: SecretText, i: number) =>
    fc
      .option(
        fc.dictionary(
          words.word(4).map((text) => `S${i}_${text}`),
          keyOf(one),
          { maxKeys: 2 },
        ),
        { nil: undefined },
      )
      .map((env) => ({ ...one, ...(env && { env }) }));
  return fc.record(
    { env: named("_SET"), secrets: fc.tuple(...known.map(ofSecret)) },
    { requiredKeys: ["secrets"] },
  );
}

/** Headers, plain and of Secrets, no two of one name. */
export function headers(known: readonly SecretText[]) {
  const value = fc.oneof(
    fc.constantFrom("1", "a b", "application/json; q=0.1", "~!"),
    ...known.map((one) => fc.record({ secret: fc.constant(one.name), key: keyOf(one) })),
  );
  return fc.dictionary(
    words.word(8).map((text) => `x-${text}-h`),
    value,
    { maxKeys: 3 },
  );
}
