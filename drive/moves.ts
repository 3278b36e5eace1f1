import type { Engine } from "./engine";

/** An entry whose resources are in another stack than the catalogue's cut has it in. */
export interface Move {
  /** The entry. */
  readonly entry: string;
  /** URN of its component there. */
  readonly urn: string;
  /** The stack that has it. */
  readonly from: string;
  /** The stack that is to have it. */
  readonly to: string;
  /** Whether that stack has it already: a move was interrupted between its two writes. */
  readonly doubled: boolean;
}

interface Resource {
  readonly urn: string;
  readonly type: string;
}

const entryTypes = ["mcp-fleet:index:McpServer", "mcp-fleet:index:McpRemote"];

/**
 * Finds what must be moved, from the states of the stacks. An entry that the catalogue no longer has stays
 * where it is, whose next update takes it away.
 */
export async function findMoves(
  engine: Engine,
  stacks: readonly string[],
  stackOf: ReadonlyMap<string, string>,
): Promise<readonly Move[]> {
  const held: { readonly entry: string; readonly urn: string; readonly from: string }[] = [];
  for (const from of stacks)
    for (const { urn, type } of await resourcesOf(engine, from))
      if (entryTypes.includes(type)) held.push({ entry: urn.split("::").at(-1) ?? "", urn, from });
  const at = new Set(held.map(({ entry, from }) => `${from}/${entry}`));
  return held.flatMap((one) => {
    const to = stackOf.get(one.entry);
    if (to === undefined || to === one.from) return [];
    return [{ ...one, to, doubled: at.has(`${to}/${one.entry}`) }];
  });
}

/** Moves resources from state to state; nothing in the cluster is touched. */
export async function carryOut(engine: Engine, moves: readonly Move[]): Promise<void> {
  for (const { urn, from } of moves.filter(({ doubled }) => doubled))
    await engine.command(
      ...["state", "delete", urn, "--target-dependents", "--force", "--yes", "--stack", from],
    );
  const pairs = new Map<string, Move[]>();
  for (const move of moves.filter(({ doubled }) => !doubled)) {
    const pair = JSON.stringify([move.from, move.to]);
    pairs.set(pair, [...(pairs.get(pair) ?? []), move]);
  }
  for (const own of pairs.values()) {
    const [{ from, to } = { from: "", to: "" }] = own;
    const urns = own.map(({ urn }) => urn);
    await engine.command("state", "move", ...urns, "--source", from, "--dest", to, "--yes");
  }
}

async function resourcesOf(engine: Engine, stack: string): Promise<readonly Resource[]> {
  const text = await engine.command("stack", "export", "--stack", stack);
  const { deployment } = JSON.parse(text) as {
    readonly deployment?: { readonly resources?: readonly Resource[] };
  };
  return deployment?.resources ?? [];
}
