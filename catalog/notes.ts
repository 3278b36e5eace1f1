import type { EntryFile } from "./entry";
import type { Problem } from "./problem";

const transportNotes: Readonly<Record<string, string>> = {
  http: "http is taken as streamable-http; write that",
  // MCP 2025-03-26, "Transports": HTTP+SSE gave way to Streamable HTTP.
  sse: "sse is deprecated by MCP and clients drop it; take streamable-http as soon as the server offers it",
};

/** What is worth saying about entries that are right. */
export function notes(files: readonly EntryFile[]): readonly Problem[] {
  return files.flatMap(({ document, entry }) => {
    const { transport } = entry ? (document.value as { readonly transport: string }) : {};
    const message = transport === undefined ? undefined : transportNotes[transport];
    if (message === undefined) return [];
    const position = document.locate(["transport"]);
    return [
      { file: document.file, position, path: "transport", message, severity: "note" as const },
    ];
  });
}
