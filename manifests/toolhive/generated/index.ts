// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.

export type { EmbeddingServer } from "./EmbeddingServer";
export type { MCPAuthzConfig } from "./MCPAuthzConfig";
export type { MCPExternalAuthConfig } from "./MCPExternalAuthConfig";
export type { MCPGroup } from "./MCPGroup";
export type { MCPOIDCConfig } from "./MCPOIDCConfig";
export type { MCPRegistry } from "./MCPRegistry";
export type { MCPRemoteProxy } from "./MCPRemoteProxy";
export type { MCPServerEntry } from "./MCPServerEntry";
export type { MCPServer } from "./MCPServer";
export type { MCPTelemetryConfig } from "./MCPTelemetryConfig";
export type { MCPToolConfig } from "./MCPToolConfig";
export type { MCPWebhookConfig } from "./MCPWebhookConfig";
export type { VirtualMCPCompositeToolDefinition } from "./VirtualMCPCompositeToolDefinition";
export type { VirtualMCPServer } from "./VirtualMCPServer";
