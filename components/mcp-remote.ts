import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { RemoteEntry } from "../catalog";
import { EntryComponent } from "./entry-component";
import type { EntryArgs } from "./entry-component";

/** Arguments of a {@link McpRemote}. */
export type McpRemoteArgs = EntryArgs<RemoteEntry>;

/** One vendor's hosted MCP endpoint of the catalogue, behind a proxy in the tier of its sensitivity. */
export class McpRemote extends EntryComponent {
  /**
   * @param name Name of the component; its children are `<name>-remote`, `<name>-tools`,
   * `<name>-proxy-policy` and, as far as the entry needs them, `<name>-hosts` or `<name>-proxy-hosts`,
   * `<name>-secret.<secret>`, `<name>-proxy-autoscaler` and `<name>-alias.<alias>`.
   * @param args The entry and its tier.
   * @param opts Pulumi options; `dependsOn` the tier and the operator.
   */
  constructor(name: string, args: McpRemoteArgs, opts?: ComponentResourceOptions) {
    super("McpRemote", name, args, opts);
  }
}
