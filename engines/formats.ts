/** What `mcp-fleet stacks` can print for an engine. */
export const engineFormats = ["pko", "github", "gitlab"] as const;

/** What it can print for people and programs. */
export const plainFormats = ["names", "json"] as const;

/** An engine that runs stacks. */
export type EngineFormat = (typeof engineFormats)[number];

/** A plain list of stacks. */
export type PlainFormat = (typeof plainFormats)[number];
