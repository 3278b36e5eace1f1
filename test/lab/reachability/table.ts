import { createHash } from "node:crypto";
import { tiersOf } from "../../../catalog";
import type { Entry, Tier } from "../../../catalog";
import { familyOf, outside } from "./outside";
import { pods } from "./pods";
import type { Rendered } from "./rendered";
import { nameOf } from "./subjects";
import type { Family, Pod, Port, Subject } from "./subjects";

/** Where a connection goes: a subject by one of its addresses, at a port. */
export interface Column extends Port {
  readonly to: Subject;
  readonly family: Family;
}

/** One question: may somebody connect there? */
export interface Cell {
  readonly from: Subject;
  readonly column: Column;
}

/** The questions that the table answers. */
export interface Table {
  readonly subjects: readonly Subject[];
  /** Everybody who opens connections. */
  readonly rows: readonly Subject[];
  readonly columns: readonly Column[];
  /**
   * Every row with every column, but for what means nothing: oneself, an address outside from another one,
   * and an address that has no twin in the column's family.
   */
  readonly cells: readonly Cell[];
}

/** The table of everybody and everything that the rendered entries bring with them. */
export function tableOf(rendered: Rendered): Table {
  const tiers = new Map(tiersOf(rendered.settings).map((tier) => [tier.sensitivity, tier]));
  const tierOf = ({ name, sensitivity }: Entry): Tier => {
    const tier = tiers.get(sensitivity);
    if (!tier) throw new Error(`${name} has no tier`);
    return tier;
  };
  const subjects = [...pods(rendered, tierOf), ...outside(rendered, tierOf)];
  const rows = subjects.filter((one) => one.kind !== "outside" || one.calls);
  const columns = subjects.flatMap((to) =>
    familiesOf(to).flatMap((family) => to.ports.map((port) => ({ ...port, to, family }))),
  );
  const cells = rows.flatMap((from) =>
    columns
      .filter(({ to, family }) => to !== from && familiesOf(from).includes(family))
      .filter(({ to }) => from.kind !== "outside" || to.kind !== "outside")
      .map((column) => ({ from, column })),
  );
  return { subjects, rows, columns, cells };
}

function familiesOf(subject: Subject): readonly Family[] {
  return subject.kind === "outside" ? [familyOf(subject.address)] : ["v4", "v6"];
}

/** Address of a pod. */
export type AddressOf = (pod: Pod, family: Family) => string;

/** Address of a subject in a family. */
export function addressIn(subject: Subject, family: Family, addressOf: AddressOf): string {
  return subject.kind === "outside" ? subject.address : addressOf(subject, family);
}

/** A cell in words. */
export function cellName({ from, column }: Cell): string {
  const { to, family, port, protocol } = column;
  const source = from.kind === "outside" ? `${from.what} (${from.address})` : nameOf(from);
  const target = to.kind === "outside" ? `${to.what} (${to.address})` : `${nameOf(to)} (${family})`;
  return `${source} to ${target} at ${protocol} ${port}`;
}

/** As many cells as asked for, chosen by chance; the same for the same seed. */
export function choose(cells: readonly Cell[], count: number, seed: string): readonly Cell[] {
  const order = (cell: Cell): string =>
    createHash("sha256")
      .update(`${seed} ${cellName(cell)}`)
      .digest("hex");
  return cells
    .map((cell) => [order(cell), cell] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, count)
    .map(([, cell]) => cell);
}
