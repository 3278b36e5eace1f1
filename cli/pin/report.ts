import { formatProblems } from "../../catalog";
import { count } from "../check";
import type { Outcome } from "./outcome";

/** What a run of `mcp-fleet pin` gave. */
export interface PinReport {
  /** What became of each place. */
  readonly outcomes: readonly Outcome[];
  /** Files that were changed. */
  readonly written: readonly string[];
  /** Whether files might have been changed. */
  readonly mayWrite: boolean;
}

/** The result for programs. */
export function pinJson({ outcomes, written }: PinReport): string {
  const images = outcomes.map(({ site, status, digest, pinned, message }) => {
    const { file, position, field, image } = site;
    return { file: file.name, ...position, path: field, image, status, digest, pinned, message };
  });
  return JSON.stringify({ written, images }, undefined, 2);
}

/** The result for people: what was done or is to be done, a line each, and how much of it. */
export function pinText({ outcomes, mayWrite }: PinReport): string {
  const number = (...statuses: readonly Outcome["status"][]): number =>
    outcomes.filter(({ status }) => statuses.includes(status)).length;
  const failed = number("failed");
  const said = outcomes.flatMap(({ site, status, message }) =>
    // What is unpinned only because another image stood in the way says nothing new.
    message === undefined || (status === "unpinned" && failed > 0 && mayWrite)
      ? []
      : [
          {
            file: site.file.name,
            position: site.position,
            path: site.field,
            message,
            severity: status === "pinned" || status === "updated" ? "note" : "error",
          } as const,
        ],
  );
  const counts = [
    `${count(number("pinned", "updated"), "image", "images")} pinned`,
    `${number("current", "digest")} as they were`,
    ...(number("unpinned") > 0 ? [`${number("unpinned")} not pinned`] : []),
    ...(number("moved") > 0 ? [`${number("moved")} moved`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(", ");
  const end = failed > 0 && mayWrite ? `${counts}; nothing was changed` : counts;
  return [...(said.length > 0 ? [formatProblems(said)] : []), end].join("\n");
}
