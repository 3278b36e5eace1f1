import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { entryName, writeCatalogue } from "../../bench/fleet/catalogue";
import { sliceOf } from "../../catalog";
import type { Slicing } from "../../catalog";
import { planFleet } from "../../drive/plan";

const huge = { cpu: "10k", memory: "100Ti" };
const quota = { requests: huge, limits: huge, pods: 100_000 };
const changed = entryName(7);

/** What is done with one entry of a thousand, and which entries' slices that may touch. */
const changes: readonly (readonly [
  what: string,
  change: (text: string) => Readonly<Record<string, string | undefined>>,
])[] = [
  ["added", (text) => ({ "tool-new": text.replaceAll(changed, "tool-new") })],
  ["removed", () => ({ [changed]: undefined })],
  [
    "renamed",
    (text) => ({ [changed]: undefined, "tool-new": text.replaceAll(changed, "tool-new") }),
  ],
  [
    "moved to another tier",
    (text) => ({ [changed]: text.replace("sensitivity: internal", "sensitivity: public") }),
  ],
  [
    "given to another team",
    (text) => ({ [changed]: text.replace("team: team-7", "team: team-8") }),
  ],
  ["changed", (text) => ({ [changed]: text.replace("LOG_LEVEL: info", "LOG_LEVEL: debug") })],
];

const cuts: readonly Slicing[] = [{ by: "hash", count: 50 }, { by: "tier" }, { by: "owner" }];

describe("the plan of a thousand entries", function () {
  this.timeout(120_000);
  let project = "";

  before(() => {
    project = mkdtempSync(join(tmpdir(), "plan-"));
    mkdirSync(join(project, "stacks"));
    writeCatalogue(join(project, "inventory"), 1000, { changed: 0 });
  });
  after(() => {
    rmSync(project, { recursive: true });
  });

  /** What each stack is to hold. */
  function plan(slices: Slicing): ReadonlyMap<string, string> {
    const config = {
      "mcp-fleet:slices": slices,
      "mcp-fleet:tiers": { public: { quota }, internal: { quota } },
    };
    writeFileSync(join(project, "stacks", "Pulumi.big.yaml"), stringify({ config }));
    const { slices: parts } = planFleet(project, "big");
    return new Map([...parts].map(([stack, { entries }]) => [stack, JSON.stringify(entries)]));
  }

  for (const slices of cuts)
    describe(`cut by ${slices.by}`, () => {
      let unchanged: ReadonlyMap<string, string>;
      before(() => {
        unchanged = plan(slices);
      });
      for (const [what, change] of changes)
        it(`touches no slice that it need not when one is ${what}`, () => {
          const file = (name: string): string => join(project, "inventory", `${name}.yaml`);
          const text = readFileSync(file(changed), "utf8");
          const files = change(text);
          assert.notDeepEqual(files, { [changed]: text }, "the change changes something");
          for (const [name, now] of Object.entries(files))
            if (now === undefined) rmSync(file(name));
            else writeFileSync(file(name), now);
          try {
            const now = plan(slices);
            const touched = [...new Set([...unchanged.keys(), ...now.keys()])].filter(
              (stack) => unchanged.get(stack) !== now.get(stack),
            );
            const old = what === "added" ? [] : [text];
            const expected = [...old, ...Object.values(files)].flatMap((one) =>
              stackOf(one, slices),
            );
            assert.deepEqual(touched.sort(), [...new Set(expected)].sort());
          } finally {
            for (const name of Object.keys(files)) rmSync(file(name), { force: true });
            writeFileSync(file(changed), text);
          }
        });
    });
});

/** The stack of the entry that a file holds. */
function stackOf(text: string | undefined, slicing: Slicing): readonly string[] {
  if (text === undefined) return [];
  const [, name = ""] = /^name: (.*)$/m.exec(text) ?? [];
  const [, sensitivity] = /^sensitivity: (.*)$/m.exec(text) ?? [];
  const [, team = ""] = /^ +team: (.*)$/m.exec(text) ?? [];
  const own = {
    name,
    sensitivity: sensitivity as "public" | "internal",
    owner: { team, contact: "#team" },
  };
  return [`big.${sliceOf(own, slicing)}`];
}
