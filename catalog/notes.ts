import type { EntryFile } from "./entry";
import { toProblem } from "./finding";
import type { Problem } from "./problem";

const transportNotes: Readonly<Record<string, string>> = {
  http: "http is taken as streamable-http; write that",
  // MCP 2025-03-26, "Transports": HTTP+SSE gave way to Streamable HTTP.
  sse: "sse is deprecated by MCP and clients drop it; take streamable-http as soon as the server offers it",
};

/** What is worth saying about entries that are right. */
export function notes(files: readonly EntryFile[]): readonly Problem[] {
  return files.flatMap((file) => {
    const { transport } = file.entry ? (file.document.value as { readonly transport: string }) : {};
    const message = transport === undefined ? undefined : transportNotes[transport];
    return message === undefined
      ? []
      : [toProblem(file, { path: ["transport"], message, note: true })];
  });
}
