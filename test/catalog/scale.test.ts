import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeProject } from "../../bench/many-entries";
import { measure } from "../../bench/measure";
import { inFolder } from "./catalogue-folder";

const work = join(__dirname, "..", "..", "bench", "check-and-render.ts");

describe("a large catalogue", function () {
  // A busy machine takes many times longer.
  this.timeout(120_000);

  it("of 1,000 entries takes less than 500 MB, and time in proportion to one of 100", () => {
    inFolder({}, (folder) => {
      for (const entries of [100, 1000]) {
        mkdirSync(String(entries));
        writeProject(String(entries), entries);
      }
      // The first is slower than any other, because nothing is compiled yet.
      const { out, peak } = measure(folder, work, "100", "100", "1000");
      const [, small = NaN, large = NaN] = JSON.parse(out) as readonly number[];
      assert.ok(peak < 500, `${peak} MB`);
      assert.ok(large / small <= 15, `${large} s for 1,000, ${small} s for 100`);
    });
  });
});
