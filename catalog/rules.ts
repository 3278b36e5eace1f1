import type { EntryFile } from "./entry";
import type { Problem } from "./problem";
import { show } from "./problem";

/** Rules over all entries together; also over those with errors of their own, as far as can be. */
export function checkTogether(files: readonly EntryFile[]): readonly Problem[] {
  return uniqueNames(files);
}

function uniqueNames(files: readonly EntryFile[]): readonly Problem[] {
  const first = new Map<string, EntryFile>();
  return files.flatMap((file) => {
    const name = (file.document.value as { readonly name?: unknown } | null)?.name;
    if (typeof name !== "string") return [];
    const other = first.get(name);
    if (!other) {
      first.set(name, file);
      return [];
    }
    const { line } = other.document.locate(["name"]);
    return [
      {
        file: file.document.file,
        position: file.document.locate(["name"]),
        path: "name",
        message: `${show(name)} is taken by ${other.document.file}:${line}; write another name`,
        severity: "error" as const,
      },
    ];
  });
}
