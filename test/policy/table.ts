import assert from "node:assert/strict";
import { changed, inStack, said } from "./right";
import type { Changes, Plain, With } from "./right";

/** An object with other fields, and all that a rule says about it; nothing when it passes. */
export interface Row extends With {
  readonly rule: string;
  readonly what: string;
  readonly object: Plain;
  readonly changes?: Changes;
  readonly says: readonly string[];
}

/** A test for each row. */
export function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    for (const { rule, what, object, changes = {}, says, ...rest } of rows)
      it(`${rule} ${says.length > 0 ? "refuses" : "passes"} ${what}`, () => {
        assert.deepEqual(said(rule, [inStack(changed(object, changes))], rest), says);
      });
  });
}
