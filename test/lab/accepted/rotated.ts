import assert from "node:assert/strict";
import type { PlainObject } from "./raw-api";
import { belongsTo } from "./snapshot";
import type { Snapshot } from "./snapshot";

/** What refers to the Secrets of an entry, and what makes the pods that take them. */
const kinds = {
  Server: ["MCPServer", "StatefulSet"],
  Remote: ["MCPRemoteProxy", "Deployment"],
} as const;

/** Fails unless an entry has another Secret `desk` than before, and other pods that take it. */
export function assertRotated(
  before: Snapshot,
  after: Snapshot,
  entry: string,
  kind: keyof typeof kinds,
): void {
  const [old, now] = [secretOf(before, entry), secretOf(after, entry)];
  assert.notEqual(now, old);
  for (const one of kinds[kind]) {
    const objects = objectsOf(after, one, entry);
    assert.equal(objects.length, 1, `${entry}: ${one}`);
    assert.ok(names(objects[0], now) && !names(objects[0], old), JSON.stringify(objects));
  }
  const taking = (all: Snapshot, secret: string): readonly string[] =>
    objectsOf(all, "Pod", entry)
      .filter((pod) => names(pod, secret))
      .map(({ metadata }) => metadata?.uid ?? "");
  const [stopped, started] = [taking(before, old), taking(after, now)];
  assert.ok(stopped.length > 0);
  assert.equal(started.length, stopped.length);
  assert.deepEqual(
    started.filter((uid) => stopped.includes(uid)),
    [],
  );
}

/** Name of the one Secret that Pulumi has made for an entry's `desk`. */
function secretOf(all: Snapshot, entry: string): string {
  const found = objectsOf(all, "Secret", entry).filter(({ metadata }) =>
    metadata?.name?.startsWith(`${entry}-secret.desk-`),
  );
  assert.equal(found.length, 1, `${entry} has ${found.length} Secrets`);
  return found[0]?.metadata?.name ?? "";
}

function objectsOf(all: Snapshot, kind: string, entry: string): readonly PlainObject[] {
  return [...all.values()].filter((object) => object.kind === kind && belongsTo(object, entry));
}

function names(object: PlainObject | undefined, secret: string): boolean {
  return JSON.stringify(object).includes(`"${secret}"`);
}
