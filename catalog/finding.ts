import type { EntryFile, Finding } from "./entry";
import { formatPath } from "./explain";
import type { Problem } from "./problem";

/** A finding of a rule as a problem with its place in the entry's file. */
export function toProblem(
  { document, written = (same) => same }: Pick<EntryFile, "document" | "written">,
  { path: found, message, note = false }: Finding,
): Problem {
  const path = written(found);
  return {
    file: document.file,
    position: document.locate(path),
    path: formatPath(path),
    message,
    severity: note ? "note" : "error",
  };
}
