import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { CatalogueError, cut, sliceOf, sliceSettings } from "../../catalog";
import type { Entry, Slicing } from "../../catalog";

type Cut = Pick<Entry, "name" | "sensitivity" | "owner">;

const entry = (name: string, sensitivity: Cut["sensitivity"] = "internal", team = "a"): Cut => ({
  name,
  sensitivity,
  owner: { team, contact: "#a" },
});

const byHash = (count: number): Slicing => ({ by: "hash", count });
const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), {
  minLength: 1,
  maxLength: 50,
});

describe("the slice of an entry", () => {
  const rows: readonly (readonly [Cut, Slicing, string])[] = [
    [entry("osv", "restricted"), { by: "tier" }, "tier-restricted"],
    [entry("osv", "public", "search-team"), { by: "owner" }, "owner-search-team"],
    [entry("osv"), byHash(1), "hash-1"],
    // Contracts: another hash would move every entry of every fleet.
    [entry("osv"), byHash(4), "hash-3"],
    [entry("jira"), byHash(4), "hash-2"],
    [entry("linear"), byHash(4), "hash-2"],
    [entry("sentry"), byHash(4), "hash-3"],
  ];
  for (const [own, slicing, expected] of rows)
    it(`${own.name} of ${own.sensitivity} and ${own.owner.team} by ${JSON.stringify(slicing)} is ${expected}`, () => {
      assert.equal(sliceOf(own, slicing), expected);
    });

  it("is moved by one slice more only into that one", () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 63 }), (all, count) => {
        for (const name of all) {
          const [before, after] = [byHash(count), byHash(count + 1)].map((slicing) =>
            sliceOf(entry(name), slicing),
          );
          assert.ok(after === before || after === `hash-${count + 1}`);
        }
      }),
    );
  });

  it("is even by a hash: no slice of a thousand entries has twice what is its share", () => {
    const all = Array.from({ length: 1000 }, (_, i) => entry(`tool-${i}`));
    const sizes = [...cut(all, byHash(8)).values()].map(({ length }) => length);
    assert.equal(sizes.length, 8);
    assert.ok(Math.max(...sizes) < 250, sizes.join());
  });
});

describe("the settings of a slice's stack", () => {
  const own = "config:\n  mcp-fleet:slice: { environment: prod, name: hash-1 }\n";
  const rows: readonly (readonly [string, string, string, string, readonly string[]])[] = [
    ["are its environment's", "{ by: hash, count: 2 }", own, "prod.hash-1", []],
    [
      "hold nothing but which slice it is",
      "{ by: hash, count: 2 }",
      `${own}  mcp-fleet:catalogue: [a]\n`,
      "prod.hash-1",
      [
        'stacks/Pulumi.prod.hash-1.yaml:3:3: mcp-fleet:catalogue: unknown key "catalogue"; remove it, or write one of slice',
      ],
    ],
    [
      "name a slice that there is",
      "{ by: tier }",
      own,
      "prod.hash-1",
      [
        'stacks/Pulumi.prod.hash-1.yaml:2:47: mcp-fleet:slice.name: prod is cut by tier, without "hash-1"; run mcp-fleet up --env prod, which moves what this stack holds',
      ],
    ],
    [
      "name an environment that is cut",
      "",
      own,
      "prod.hash-1",
      [
        'stacks/Pulumi.prod.hash-1.yaml:2:35: mcp-fleet:slice.environment: "prod" is not cut into slices; run mcp-fleet up --env prod, which moves what this stack holds',
      ],
    ],
    [
      "belong to the stack of that slice",
      "{ by: hash, count: 2 }",
      own,
      "prod.hash-2",
      [
        'stacks/Pulumi.prod.hash-2.yaml:2:47: mcp-fleet:slice.name: is the slice of the stack "prod.hash-1", not of "prod.hash-2"; write the stack\'s own',
      ],
    ],
    [
      "say how many slices a hash makes",
      "{ by: hash }",
      own,
      "prod.hash-1",
      [
        "stacks/Pulumi.prod.yaml:2:21: mcp-fleet:slices.count: is missing with by: hash; write how many slices there are",
      ],
    ],
    [
      "say no number of slices beside a tier",
      "{ by: tier, count: 3 }",
      own,
      "prod.hash-1",
      [
        "stacks/Pulumi.prod.yaml:2:40: mcp-fleet:slices.count: goes with by: hash, not with by: tier; remove it",
      ],
    ],
  ];
  for (const [what, slices, file, stack, expected] of rows)
    it(what, () => {
      const folder = mkdtempSync(join(tmpdir(), "slices-"));
      try {
        mkdirSync(join(folder, "stacks"));
        const environment = slices === "" ? "" : `config:\n  mcp-fleet:slices: ${slices}\n`;
        writeFileSync(join(folder, "stacks", "Pulumi.prod.yaml"), environment);
        writeFileSync(join(folder, "stacks", `Pulumi.${stack}.yaml`), file);
        assert.deepEqual(said(folder, stack), expected);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
});

function said(folder: string, stack: string): readonly string[] {
  try {
    sliceSettings({}, folder, stack);
    return [];
  } catch (error) {
    assert.ok(error instanceof CatalogueError, String(error));
    return error.message.split("\n");
  }
}
