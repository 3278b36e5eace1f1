import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { referenceFiles } from "../../scripts/reference";

describe("the reference", () => {
  for (const [file, text] of referenceFiles())
    it(`docs/${file} is what npm run generate writes`, () => {
      assert.equal(readFileSync(join(__dirname, "..", "..", "docs", file), "utf8"), text);
    });
});
