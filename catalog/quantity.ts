/**
 * A Kubernetes quantity (`250m`, `64Mi`, `1.5`, `2e3`) as whole billionths of its unit, so that two
 * can be compared and added without rounding. Undefined when the text is not a quantity.
 * Rule: k8s.io/apimachinery/pkg/api/resource, "quantity" grammar; negative amounts are refused here.
 */
export function parseQuantity(text: string): bigint | undefined {
  const match = /^(\d+)(?:\.(\d*))?([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,2})?$/.exec(text);
  if (!match) return undefined;
  const [, whole = "", fraction = "", suffix = ""] = match;
  const digits = BigInt(whole + fraction);
  const binary = suffix.endsWith("i") ? binaryPowers.indexOf(suffix) + 1 : 0;
  const exponent = binary > 0 ? 0 : decimalExponent(suffix);
  const tens = 9 + exponent - fraction.length;
  const scaled = digits * 1024n ** BigInt(binary);
  if (tens >= 0) return scaled * 10n ** BigInt(tens);
  // Finer than a billionth: rounded up, as the API server does.
  const divisor = 10n ** BigInt(-tens);
  return (scaled + divisor - 1n) / divisor;
}

/** Billionths in one unit: what {@link parseQuantity} makes of `1`. */
export const oneUnit = 10n ** 9n;

const binaryPowers = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

const decimalPowers: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  "": 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

function decimalExponent(suffix: string): number {
  return decimalPowers[suffix] ?? Number(suffix.slice(1));
}

/** An amount in billionths as people write it, never less than it is: thousandths of a core, or Mi of memory. */
export function formatQuantity(amount: bigint, unit: "cpu" | "memory"): string {
  const up = (value: bigint, step: bigint): bigint => (value + step - 1n) / step;
  if (unit === "memory") return `${up(amount, oneUnit * 1024n ** 2n)}Mi`;
  return amount % oneUnit === 0n ? `${amount / oneUnit}` : `${up(amount, oneUnit / 1000n)}m`;
}
