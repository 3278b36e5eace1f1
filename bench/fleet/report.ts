/**
 * Makes the table and the chart of docs/performance.md of bench/results.json: `npm run bench:report`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "../../lab/settings";
import { chart } from "./chart";
import { phases } from "./contestants";
import { resultsFile } from "./result";
import type { Result } from "./result";

type PhaseName = Result["phase"];

const begin = "<!-- begin of what npm run bench:report writes -->";
const end = "<!-- end of what npm run bench:report writes -->";

const columns: readonly (readonly [PhaseName, string])[] = [
  ["fresh", "fresh `up`"],
  ["ready", "all Ready"],
  ["unchanged", "unchanged preview"],
  ["preview one", "preview of one changed"],
  ["one", "one changed"],
  ["all", "all changed"],
  ["destroy", "destroy"],
];

/** Middle of the rounds, with what lies on both sides of it. */
function seconds(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) return "–";
  const spread = sorted.length > 1 ? ` (${round(sorted[0])}–${round(sorted.at(-1))})` : "";
  return `${round(middle)}${spread}`;
}

function round(value = NaN): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

function most(values: readonly (number | undefined)[]): number {
  return Math.max(0, ...values.filter((value) => value !== undefined));
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table(results: readonly Result[]): string {
  const head = [
    "entries",
    "",
    ...columns.map(([, title]) => title),
    "processor",
    "memory",
    "state",
  ];
  const pairs = [...new Set(results.map(({ entries, contestant }) => `${entries}\t${contestant}`))];
  const rows = pairs.map((pair) => {
    const [entries = "", contestant = ""] = pair.split("\t");
    const own = results.filter(
      (result) => String(result.entries) === entries && result.contestant === contestant,
    );
    const of = (phase: PhaseName): readonly Result[] =>
      own.filter((result) => result.phase === phase);
    const state = most(own.map((result) => result.state));
    return row([
      entries,
      contestant,
      ...columns.map(([phase]) => seconds(of(phase).map(({ wall }) => wall))),
      seconds(of("fresh").flatMap(({ cpu }) => cpu ?? [])),
      `${(most(own.map(({ peak }) => peak)) / 1e6).toFixed(0)} MB`,
      state === 0 ? "–" : `${(state / 1e6).toFixed(1)} MB`,
    ]);
  });
  return [row(head), row(head.map(() => "---")), ...rows].join("\n");
}

function main(): void {
  const results = JSON.parse(readFileSync(resultsFile, "utf8")) as readonly Result[];
  writeFileSync(join(project, "docs", "performance.svg"), chart(results, phases));
  const file = join(project, "docs", "performance.md");
  const text = readFileSync(file, "utf8");
  const [before = "", rest = ""] = text.split(begin);
  const [, after = ""] = rest.split(end);
  writeFileSync(file, `${before}${begin}\n\n${table(results)}\n\n${end}${after}`);
}

main();
