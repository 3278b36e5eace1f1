import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Field } from "./reachability/field";
import { hostilePairs } from "./reachability/hostile";
import { implied } from "./reachability/implied";
import { judge } from "./reachability/judged";
import { mutated, mutations } from "./reachability/mutations";
import { render } from "./reachability/rendered";
import type { Rendered } from "./reachability/rendered";
import type { Subject } from "./reachability/subjects";
import { cellName, choose, tableOf } from "./reachability/table";
import type { Cell, Table } from "./reachability/table";
import { RealLab } from "./real-lab";

describe("who may reach whom", function () {
  this.timeout(600_000);
  let rendered: Rendered;
  let table: Table;
  let isImplied: (cell: Cell) => boolean;

  before(() => {
    rendered = render();
    table = tableOf(rendered);
    isImplied = implied(rendered.settings);
  });

  const said = (cells: readonly Cell[]): string => {
    const lines = cells.map((cell) => `${cellName(cell)}: ${isImplied(cell) ? "closed" : "open"}`);
    return [`${cells.length} cells differ`, ...lines.slice(0, 40)].join("\n  ");
  };
  const secondsSince = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

  it("is asked of every hostile pair, pods by both their addresses", () => {
    for (const [what, is] of Object.entries(hostilePairs(rendered.settings))) {
      const asked = table.cells.filter((cell) => is(cell.from, cell.column.to) && !isImplied(cell));
      assert.notEqual(asked.length, 0, what);
      const families = new Set(asked.map(({ column }) => column.family));
      if (asked.some(({ column: { to } }) => to.kind !== "outside"))
        assert.equal(families.size, 2, what);
    }
  });

  describe("by cyclonus, from the rendered files", () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "mcp-fleet-reachability-"));
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });

    const differing = (policies: Rendered["policies"], cells: readonly Cell[]): readonly Cell[] => {
      const allowed = judge(table, cells, rendered, policies, folder);
      return cells.filter((cell, i) => allowed[i] !== isImplied(cell));
    };

    it("is what the catalogue implies, in every cell", () => {
      const since = Date.now();
      const { rows, columns, cells } = table;
      const found = differing(rendered.policies, cells);
      const open = cells.filter(isImplied).length;
      console.log(
        `      ${rendered.entries.length} entries: ${rows.length} rows x ${columns.length} columns, ` +
          `${cells.length} cells that mean something, ${open} of them open; ${secondsSince(since)}`,
      );
      assert.equal(found.length, 0, said(found));
    });

    for (const mutation of mutations)
      it(`is something else where ${mutation.what}`, () => {
        const touches = (subject: Subject): boolean =>
          subject.kind !== "outside" && mutation.policy.startsWith(`${subject.namespace}/`);
        const near = table.cells.filter(({ from, column }) => touches(from) || touches(column.to));
        assert.notEqual(differing(mutated(rendered.policies, mutation), near).length, 0);
      });
  });

  describe("by packets, on a real node", () => {
    const seed = process.env.REACHABILITY_SEED ?? randomBytes(4).toString("hex");
    let lab: RealLab | undefined;
    let started: Field | undefined;
    let chosen: readonly Cell[];
    const field = (): Field => {
      assert.ok(started);
      return started;
    };

    before(async function () {
      lab = new RealLab();
      lab.orSkip(this);
      const tried = table.cells.filter(
        ({ column: { protocol, to } }) =>
          protocol === "TCP" && !(to.kind === "outside" && to.silent),
      );
      // A third of all cells, though nothing says whether a packet of UDP has come.
      chosen = choose(tried, Math.ceil(table.cells.length / 3), seed);
      console.log(`      REACHABILITY_SEED=${seed} chooses the same cells again`);
      const since = Date.now();
      const { code, output } = await lab.run("lab");
      assert.equal(code, 0, output);
      started = new Field(lab);
      await started.start(table, rendered);
      console.log(`      the lab with a pod for each subject: ${secondsSince(since)}`);
    });
    after(async () => {
      started?.stop();
      await lab?.remove();
    });

    it("is everybody, while there are no rules, so that rules close what is closed", async () => {
      const rest = await field().settle(chosen, () => true, 60);
      assert.equal(rest.length, 0, rest.slice(0, 40).map(cellName).join("\n  "));
    });

    it("is what the catalogue implies, in a third of the cells", async () => {
      assert.ok(chosen.length * 3 >= table.cells.length);
      const since = Date.now();
      await field().apply(rendered.policies);
      const rest = await field().settle(chosen, isImplied, 60);
      assert.equal(rest.length, 0, said(rest));
      const inForce = secondsSince(since);
      // Now that the rules are in force: all of them once more, without a second try.
      const again = Date.now();
      const found = await field().differing(chosen, isImplied);
      console.log(
        `      ${chosen.length} of ${table.cells.length} cells by packets, ` +
          `${chosen.filter(isImplied).length} of them open; ` +
          `rules in force within ${inForce}, then ${secondsSince(again)}`,
      );
      assert.equal(found.length, 0, said(found));
    });
  });
});
