import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { ServerEntry } from "../catalog";
import { EntryComponent } from "./entry-component";
import type { EntryArgs } from "./entry-component";

/** Arguments of a {@link McpServer}. */
export type McpServerArgs = EntryArgs<ServerEntry>;

/** One MCP server of the catalogue, run by the ToolHive operator in the tier of its sensitivity. */
export class McpServer extends EntryComponent {
  /**
   * @param name Name of the component; its children are `<name>-server`, `<name>-tools` and, as far as
   * the entry needs them, `<name>-proxy-policy`, `<name>-backend-policy`, `<name>-hosts` or
   * `<name>-proxy-hosts` and `<name>-backend-hosts`, `<name>-secret.<secret>`, `<name>-proxy-autoscaler`,
   * `<name>-server-autoscaler` and `<name>-alias.<alias>`.
   * @param args The entry and its tier.
   * @param opts Pulumi options; `dependsOn` the tier and the operator, so that the operator is there
   * to release the server when it is deleted.
   */
  constructor(name: string, args: McpServerArgs, opts?: ComponentResourceOptions) {
    super("McpServer", name, args, opts);
  }
}
