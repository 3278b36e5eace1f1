import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { inFolder, rightEntry } from "../catalog/catalogue-folder";
import { mcpFleet } from "./command";

const files = {
  "stacks/Pulumi.prod.yaml":
    "config:\n  mcp-fleet:catalogue: [entries]\n  mcp-fleet:slices: { by: tier }\n",
  "entries/osv.yaml": rightEntry,
};
const stacks = ["stacks", "--env", "prod"] as const;

describe("mcp-fleet stacks", function () {
  this.timeout(20_000);

  it("prints nothing but the reasons when engines could not read what they need", () => {
    inFolder(files, (folder) => {
      const missing = mcpFleet(folder, ...stacks, "--format", "json");
      assert.deepEqual([missing.code, missing.out], [1, ""]);
      assert.match(
        missing.err,
        /^stacks\/Pulumi\.prod\.tier-internal\.yaml: is missing; [^\n]*\n$/,
      );
      assert.equal(mcpFleet(folder, "stacks", "--env", "nowhere").code, 2);
    });
  });

  it("writes files of slices, and prints the stacks in order or what an engine needs", () => {
    inFolder(files, (folder) => {
      const { code, out } = mcpFleet(folder, ...stacks, "--write");
      assert.deepEqual([code, out], [0, "prod\nprod.tier-internal\n"]);
      const pko = (...options: readonly string[]) =>
        mcpFleet(folder, ...stacks, "--format", "pko", ...options);
      const right = pko(
        ...["--repo", "https://github.com/acme/fleet", "--branch", "main", "--namespace", "fleet"],
        ...["--service-account", "fleet", "--image", "pulumi/pulumi:3.259.0"],
        ...["--backend", "gs://acme-fleet-state"],
        ...["--secret-env", "PULUMI_CONFIG_PASSPHRASE=state/passphrase", "OTHER=state/other"],
      );
      assert.equal(right.code, 0, right.err);
      const names = parseAllDocuments(right.out).map((one) => one.getIn(["metadata", "name"]));
      assert.deepEqual(names, ["prod", "prod-tier-internal"]);
      const wrong = pko("--login", "./ci/login");
      assert.deepEqual([wrong.code, wrong.out], [2, ""]);
      assert.match(wrong.err, /^--repo: is missing; /m);
      assert.match(wrong.err, /^--login: is not for --format pko; leave it out$/m);
    });
  });

  it("refuses options that nothing is made of", () => {
    inFolder(files, (folder) => {
      const { code, out, err } = mcpFleet(folder, ...stacks, "--branch", "main");
      const said = "--branch: is not for --format names; leave it out\n";
      assert.deepEqual([code, out, err], [2, "", said]);
    });
  });
});
