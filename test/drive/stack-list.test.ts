import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { CatalogueError } from "../../catalog";
import { hasKeyService, listStacks } from "../../drive/stack-list";
import { changed, inFolder } from "../catalog/catalogue-folder";

const settings = (slices: string): string =>
  `encryptionsalt: v1:abc\nconfig:\n  mcp-fleet:catalogue: [entries]\n${slices}`;

/** An entry of a name and a team. */
const entry = (name: string, team = "search"): string =>
  changed("name: osv", `name: ${name}`).replace("security-platform", team);

const files = {
  "stacks/Pulumi.prod.yaml": settings("  mcp-fleet:slices: { by: owner }\n"),
  // Another environment, whose name begins like that of a slice.
  "stacks/Pulumi.prod.eu.yaml": settings(""),
  "entries/alpha.yaml": entry("alpha"),
  "entries/bravo.yaml": entry("bravo"),
  "entries/charlie.yaml": entry("charlie", "work"),
};
const fix =
  "run mcp-fleet stacks --env prod --write, and commit it: engines read it from the repository";

function problems(write: boolean): readonly string[] {
  try {
    listStacks(".", "prod", write);
  } catch (error) {
    assert.ok(error instanceof CatalogueError);
    return error.message.split("\n");
  }
  return [];
}

describe("the stacks that engines run", () => {
  it("are the platform and the slices, whose files are written when that is asked for", () => {
    inFolder(files, () => {
      assert.deepEqual(listStacks(".", "prod", true), {
        environment: "prod",
        platform: { stack: "prod", entries: 0 },
        slices: [
          { stack: "prod.owner-search", slice: "owner-search", entries: 2 },
          { stack: "prod.owner-work", slice: "owner-work", entries: 1 },
        ],
      });
      assert.equal(
        readFileSync("stacks/Pulumi.prod.owner-work.yaml", "utf8"),
        "# One slice of prod: its settings are those of prod. mcp-fleet writes this file.\nencryptionsalt: v1:abc\nconfig:\n  mcp-fleet:slice:\n    environment: prod\n    name: owner-work\n",
      );
      assert.deepEqual(problems(false), []);
    });
  });

  it("are one when the environment is not cut", () => {
    inFolder({ ...files, "stacks/Pulumi.prod.yaml": settings("") }, () => {
      const platform = { stack: "prod", entries: 3 };
      assert.deepEqual(listStacks(".", "prod", false), {
        environment: "prod",
        platform,
        slices: [],
      });
    });
  });

  it("are refused while files are missing or out of date", () => {
    inFolder(files, () => {
      assert.deepEqual(problems(false), [
        `stacks/Pulumi.prod.owner-search.yaml: is missing; ${fix}`,
        `stacks/Pulumi.prod.owner-work.yaml: is missing; ${fix}`,
      ]);
      listStacks(".", "prod", true);
      const file = "stacks/Pulumi.prod.yaml";
      writeFileSync(file, `${readFileSync(file, "utf8")}  kubernetes:context: other\n`);
      assert.deepEqual(problems(false), [
        `stacks/Pulumi.prod.owner-search.yaml: is not as stacks/Pulumi.prod.yaml has it now; ${fix}`,
        `stacks/Pulumi.prod.owner-work.yaml: is not as stacks/Pulumi.prod.yaml has it now; ${fix}`,
      ]);
    });
  });

  it("keep a slice whose last entry has gone, because only its update takes that away", () => {
    inFolder(files, () => {
      listStacks(".", "prod", true);
      writeFileSync("entries/charlie.yaml", entry("charlie"));
      assert.deepEqual(listStacks(".", "prod", false).slices, [
        { stack: "prod.owner-search", slice: "owner-search", entries: 3 },
        { stack: "prod.owner-work", slice: "owner-work", entries: 0 },
      ]);
    });
  });

  it("are refused while there are files of another cut, whose stacks nobody would deploy", () => {
    inFolder(files, () => {
      listStacks(".", "prod", true);
      writeFileSync("stacks/Pulumi.prod.yaml", settings(""));
      const why =
        "is of a slice that prod is not cut into any more; run mcp-fleet up --env prod, which moves what it holds and removes the file";
      for (const write of [false, true])
        assert.deepEqual(problems(write), [
          `stacks/Pulumi.prod.owner-search.yaml: ${why}`,
          `stacks/Pulumi.prod.owner-work.yaml: ${why}`,
        ]);
    });
  });

  for (const [line, expected] of [
    ["", false],
    ["secretsprovider: passphrase\n", false],
    ["secretsprovider: awskms://alias/fleet\n", true],
  ] as const)
    it(`have their secrets protected by ${expected ? "a key service" : "a passphrase"}: ${line}`, () => {
      inFolder({ "stacks/Pulumi.prod.yaml": line }, () => {
        assert.equal(hasKeyService(".", "prod"), expected);
      });
    });
});
