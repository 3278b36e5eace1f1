import type { PlainObject, RawApi } from "./raw-api";

/** Objects by kind, namespace and name. */
export type Snapshot = ReadonlyMap<string, PlainObject>;

/** Everything in these namespaces, without what changes by itself: status, events, versions. */
export async function snapshot(api: RawApi, namespaces: readonly string[]): Promise<Snapshot> {
  const all = await Promise.all(
    namespaces.map(async (namespace) => await api.everything(namespace)),
  );
  return new Map(
    all
      .flat()
      .filter(({ kind }) => kind !== "Event" && kind !== "Lease")
      .map((object) => {
        const { metadata = {} } = object;
        const { name = "", namespace = "" } = metadata;
        const kept: PlainObject & { readonly status?: unknown } = {
          ...object,
          metadata: { ...metadata, resourceVersion: undefined, managedFields: undefined },
          status: undefined,
        };
        return [`${object.kind ?? ""} ${namespace}/${name}`, kept] as const;
      }),
  );
}

/** Names of objects that are in one alone, or not alike in both. */
export function differences(before: Snapshot, after: Snapshot): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)),
  );
}

/** Whether an object is an entry's: by its name, its labels or what owns it. */
export function belongsTo(object: PlainObject | undefined, entry: string): boolean {
  const { name, labels, ownerReferences } = object?.metadata ?? {};
  const words = JSON.stringify([name, labels, ownerReferences]).split(/[^a-z0-9-]+/);
  return words.some((word) => word === entry || `-${word}-`.includes(`-${entry}-`));
}
