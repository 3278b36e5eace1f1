/** Random text, labels, names, addresses and amounts, each as the catalogue takes it. */
import * as fc from "fast-check";

const lower = "abcdefghijklmnopqrstuvwxyz";

/** Lower-case letters. */
export function word(max: number, min = 1): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(lower)), minLength: min, maxLength: max });
}

/** A slug: letters, digits and hyphens, none of them at its ends. */
export const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}[a-z0-9]$/);

// Words that YAML, JSON or Kubernetes might take for something else.
const odd = [
  ...["yes", "null", "~", "0x1F", "1e3", "012", "true", "2027-03-31", "<<", "&a", "*a", "!!str"],
  ...["- a", "a: b", "# c", '"', "'", "{a", "b}", "$(HOME)", "%", "@", "`", "ü", "日本", "\\n"],
];

/** One line of text, up to about 40 characters. */
export const line = fc
  .array(fc.oneof(word(8), fc.constantFrom(...odd)), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(" "));

/** Any text that a variable or an argument may hold, none of it like a secret. */
export const plainText = fc.oneof(
  line,
  fc.constantFrom("", " ", "\n", "a\nb\n", "\ttab", "0", "1.0", "false", "/etc/x", "a,b;c"),
);

/** Key of a label that no part of Kubernetes, ToolHive or the fleet looks at. */
export const freeKey = fc.oneof(
  word(8).map((text) => `x${text}`),
  fc.tuple(word(6), word(6)).map(([domain, name]) => `${domain}.example.com/${name}_1.a-B`),
);

/** Value of a label. */
export const labelValue = fc.oneof(
  fc.constantFrom("", "1", "true", "null", "0x1", "a_b.c-D", "v".repeat(63)),
  word(12),
);

/** Labels that an entry may give to what is made of it. */
export const freeLabels = fc.dictionary(freeKey, labelValue, { maxKeys: 3 });

/** Labels by which pods are found. */
export const podLabels = fc.dictionary(
  fc.oneof(freeKey, fc.constantFrom("app", "app.kubernetes.io/name", "k8s-app", "toolhive-name")),
  labelValue,
  { minKeys: 1, maxKeys: 3 },
);

/** Name of most objects: labels with dots between them. */
export const objectName = fc
  .array(slug, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("."));

/** A key of a ConfigMap or Secret. */
export const dataKey = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,12}$/);

/** A TCP or UDP port. */
export const port = fc.oneof(
  fc.constantFrom(1, 53, 443, 8080, 65535),
  fc.integer({ min: 1, max: 65535 }),
);

/** A port that a server may listen on: none that ToolHive would open on every node. */
export const serverPort = port.map((n) => (n >= 30000 && n <= 32767 ? n - 10000 : n));

const byte = fc.integer({ min: 0, max: 255 });

// Begins no loopback, link-local, multicast or reserved range.
const firstByte = fc.oneof(
  fc.constantFrom(10, 172, 192, 100, 203),
  fc.integer({ min: 1, max: 223 }).filter((n) => n !== 127 && n !== 169),
);

const range4 = fc
  .tuple(firstByte, byte, byte, byte, fc.integer({ min: 16, max: 32 }))
  .map(([a, b, c, d, prefix]) => {
    const mask = prefix === 32 ? 0xffffffff : ~(0xffffffff >>> prefix) >>> 0;
    const network = (((a << 24) | (b << 16) | (c << 8) | d) & mask) >>> 0;
    return `${[24, 16, 8, 0].map((shift) => (network >>> shift) & 255).join(".")}/${prefix}`;
  });

const group = fc.integer({ min: 1, max: 0xffff }).map((n) => n.toString(16));

const range6 = fc
  .tuple(
    fc.constantFrom("2001:db8", "2606:4700", "fd12:3456", "2a00:1450"),
    fc.array(group, { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 0, max: 16 }),
  )
  .map(([head, tail, extra]) => `${head}:${tail.join(":")}::/${16 * (2 + tail.length) + extra}`);

/** A range of addresses in its shortest form, which neither a node nor its metadata service is in. */
export const range = fc.oneof(range4, range6);

/** One address, as a range. */
export const address = fc.oneof(
  range4.map((text) => text.replace(/\/\d+$/, "/32")),
  range6.map((text) => text.replace(/\/\d+$/, "/128")),
);

/** A host of the public DNS. */
export const host = fc
  .tuple(
    fc.array(fc.oneof(word(8), fc.constantFrom("a-1", "_x", "xn--p1ai", "0")), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom("com", "dev", "example.org", "xn--p1ai"),
  )
  .map(([labels, top]) => [...labels, top].join("."));

/** Amounts of processor time and memory, each list from small to large. */
const ladder = {
  cpu: ["1m", "50m", "0.1", "1", "1500m"],
  memory: ["1000000", "1Mi", "64Mi", "1Gi", "2e9"],
} as const;

const upTo = (steps: readonly string[]) =>
  fc
    .tuple(fc.nat(steps.length - 1), fc.nat(steps.length - 1))
    .map(([a, b]) => [steps[Math.min(a, b)] ?? "1", steps[Math.max(a, b)] ?? "1"] as const);

/** Resources of a container, none requested above its limit. */
export const resources = fc.tuple(upTo(ladder.cpu), upTo(ladder.memory)).map(([cpu, memory]) => ({
  requests: { cpu: cpu[0], memory: memory[0] },
  limits: { cpu: cpu[1], memory: memory[1] },
}));
