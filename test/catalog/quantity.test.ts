import assert from "node:assert/strict";
import fc from "fast-check";
import { parseQuantity } from "../../catalog/quantity";

describe("parseQuantity", () => {
  const table: readonly (readonly [string, bigint | undefined])[] = [
    ["1", 1_000_000_000n],
    ["100m", 100_000_000n],
    ["1.5", 1_500_000_000n],
    ["64Mi", 64n * 1024n ** 2n * 1_000_000_000n],
    ["1e3", 1_000n * 1_000_000_000n],
    ["1E", 10n ** 18n * 1_000_000_000n],
    ["2e-3", 2_000_000n],
    ["1n", 1n],
    ["0.1n", 1n],
    ["0", 0n],
    ["", undefined],
    ["-1", undefined],
    ["1 Gi", undefined],
    ["1gb", undefined],
    [".5", undefined],
    ["1e", undefined],
    ["0x10", undefined],
  ];
  for (const [text, expected] of table)
    it(`reads ${JSON.stringify(text)} as ${String(expected)} billionths`, () => {
      assert.equal(parseQuantity(text), expected);
    });

  it("keeps the order of whole numbers in every unit", () => {
    const unit = fc.constantFrom("", "m", "k", "M", "Ki", "Mi", "Gi");
    fc.assert(
      fc.property(fc.nat(), fc.nat(), unit, (a, b, u) => {
        const [x, y] = [parseQuantity(`${a}${u}`), parseQuantity(`${b}${u}`)];
        assert.ok(x !== undefined && y !== undefined);
        assert.equal(x < y, a < b);
      }),
    );
  });
});
