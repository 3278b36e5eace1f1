import { stringify } from "yaml";
import type { EngineFormat } from "./formats";

/** A workflow as YAML, with the command that writes it. */
export function workflowText(environment: string, format: EngineFormat, workflow: object): string {
  const heading = `# Written by: mcp-fleet stacks --env ${environment} --format ${format}\n`;
  return heading + stringify(workflow, { lineWidth: 0, aliasDuplicateObjects: false });
}
