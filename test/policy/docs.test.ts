import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { project } from "../../lab/settings";
import { stackTiers } from "../../policy/tiers";
import { policies } from "../../policy/policies";
import { rules } from "../../policy/rules";
import { inStack, said } from "./right";
import type { Plain } from "./right";

const docs = join(project, "docs");
const page = (id: string): string => readFileSync(join(docs, "policies", `${id}.md`), "utf8");

/** The examples in YAML of a page: what is refused, and what passes. */
function examples(id: string): readonly (readonly Plain[])[] {
  return [...page(id).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) =>
    parseAllDocuments(text).map((document) => document.toJS() as Plain),
  );
}

// What their examples are about, no manifest shows: who makes an object, and what Pulumi keeps secret.
const shownAsPrograms = ["MCP001", "MCP011", "MCP012"];

describe("the pages of the rules", () => {
  it("are one for each rule, and ids never change their order", () => {
    const ids = rules.map(({ id }) => id);
    assert.deepEqual(
      ids,
      ids.map((_, i) => `MCP${String(i + 1).padStart(3, "0")}`),
    );
    assert.deepEqual(
      readdirSync(join(docs, "policies")).sort(),
      ids.map((id) => `${id}.md`),
    );
  });

  it("are all in the table, with title, severity and enforcement", () => {
    const table = readFileSync(join(docs, "policies.md"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| [MCP"))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    assert.deepEqual(
      table,
      rules.map(({ id, title, severity, enforcement }) => [
        `[${id}](policies/${id}.md)`,
        title,
        severity,
        enforcement,
      ]),
    );
  });

  for (const { id, title, severity, enforcement } of rules) {
    it(`${id} says what the rule is`, () => {
      const [heading = "", , level = ""] = page(id).split("\n");
      assert.equal(heading, `# ${id}: ${title}`);
      const shown = id === "MCP011" ? "remediate, reported as mandatory" : enforcement;
      assert.ok(level.startsWith(`Severity ${severity}, enforcement ${shown}. `), level);
    });

    if (!shownAsPrograms.includes(id))
      it(`${id} shows what is refused, and what passes`, () => {
        const tiers = id === "MCP005" ? { restricted: { auth: true } } : {};
        const [refused = [], passes = [], ...more] = examples(id);
        const check = (objects: readonly Plain[]): number =>
          said(
            id,
            objects.map((object) => inStack(object)),
            { tiers },
          ).length;
        assert.deepEqual([check(refused) > 0, check(passes), more], [true, 0, []]);
        assert.ok(passes.length > 0);
      });
  }
});

describe("the policies of the pack", () => {
  it("are the rules, each with its page, severity, enforcement and configuration", () => {
    const shown = policies(stackTiers()).map((policy) => ({
      name: policy.name,
      description: policy.description,
      level: policy.enforcementLevel,
      severity: policy.severity,
      config: Object.keys(policy.configSchema?.properties ?? {}),
      kind: "validateStack" in policy ? "stack" : "resource",
    }));
    assert.deepEqual(
      shown,
      rules.map(({ id, title, severity, enforcement, config = {} }) => ({
        name: id,
        description: `${title} (docs/policies/${id}.md).`,
        level: id === "MCP011" ? "remediate" : enforcement,
        severity,
        config: [...Object.keys(config), "tiers"],
        kind: id === "MCP014" ? "stack" : "resource",
      })),
    );
  });
});
