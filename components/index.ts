export { McpFleet } from "./mcp-fleet";
export type { McpFleetArgs, ServerSummary } from "./mcp-fleet";
export { McpPlatform } from "./mcp-platform";
export type { McpPlatformArgs } from "./mcp-platform";
export { McpServer } from "./mcp-server";
export type { McpServerArgs } from "./mcp-server";
export { SensitivityTier } from "./sensitivity-tier";
export type { SensitivityTierArgs } from "./sensitivity-tier";
