/**
 * Longest name of a Server entry: ToolHive makes the Service `mcp-<name>-headless` of it, and a
 * Service's name is a DNS label of at most 63 characters.
 */
export const maxServerName = 50;

/**
 * Names that no entry may have: they equal the `app` label of ToolHive's own proxy pods, and the
 * Service of a backend selects its pods by that label alone.
 */
export const reservedNames: readonly string[] = ["mcpserver", "mcpremoteproxy", "virtualmcpserver"];
