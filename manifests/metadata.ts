import type { Entry, Tier } from "../catalog";
import { entryLabels, goesAtOnce, takeBack } from "./labels";
import type { Manifest } from "./manifest";

/** Metadata of an object of an entry. */
export function entryMetadata(
  entry: Entry,
  { namespace }: Tier,
  name: string,
  annotations: Readonly<Record<string, string>> = {},
): Manifest["metadata"] {
  return {
    name,
    namespace,
    labels: { ...entryLabels(entry) },
    annotations: { ...annotations, ...goesAtOnce, ...takeBack },
  };
}
