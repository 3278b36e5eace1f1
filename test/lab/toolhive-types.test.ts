import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { project } from "../../lab/settings";
import { generate, pinnedCrds } from "../../scripts/toolhive-types";

describe("the types of ToolHive's CRDs", function () {
  this.timeout(120_000);
  const folder = join(project, "manifests", "toolhive", "generated");

  it("are what the generator makes of the pinned module", async () => {
    const files = await generate(pinnedCrds());
    assert.deepEqual(readdirSync(folder).sort(), [...files.keys()].sort());
    for (const [name, text] of files)
      assert.equal(readFileSync(join(folder, name), "utf8"), text, `${name}: run npm run generate`);
  });

  it("hold no sentence of the CRDs' descriptions", () => {
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), "utf8");
      assert.doesNotMatch(text.split("\n").slice(1).join("\n"), /\/[/*]/, name);
    }
  });
});
