import { stringify } from "yaml";
import type { Manifest } from "./manifest";

/** Manifests as one YAML text, a document each; the same manifests always give the same text. */
export function toYaml(manifests: readonly Manifest[]): string {
  return manifests
    .map(
      (manifest) => `---\n${stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false })}`,
    )
    .join("");
}
