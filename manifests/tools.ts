/**
 * A filter entry that no tool can have for a name, because of its spaces (MCP 2025-11-25, "Tool Names").
 * An empty filter of ToolHive lets every tool through: v0.48 pkg/mcp/tool_filter.go.
 */
export const nothingPublished = "(nothing is published)";
