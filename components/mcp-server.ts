import { ComponentResource, output } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Output, Resource } from "@pulumi/pulumi";
import type { Entry, NetworkSettings, Tier } from "../catalog";
import { entryUrl, renderServer } from "../manifests";
import { createPart } from "./parts";

/** Arguments of a {@link McpServer}. */
export interface McpServerArgs {
  /** The entry, as the catalogue has it. */
  readonly entry: Entry;
  /** The tier of the entry's sensitivity. */
  readonly tier: Tier;
  /** The network of the environment. */
  readonly network: NetworkSettings;
}

/** One MCP server of the catalogue, run by the ToolHive operator in the tier of its sensitivity. */
export class McpServer extends ComponentResource {
  /** Address of the server's proxy inside the cluster, known once the server is declared. */
  public readonly url: Output<string>;

  /**
   * @param name Name of the component; its children are `<name>-server`, `<name>-tools` and, as far as
   * the entry needs them, `<name>-proxy-policy` and `<name>-backend-policy`.
   * @param args The entry and its tier.
   * @param opts Pulumi options; `dependsOn` the tier and the operator, so that the operator is there
   * to release the server when it is deleted.
   */
  constructor(name: string, args: McpServerArgs, opts?: ComponentResourceOptions) {
    super("mcp-fleet:index:McpServer", name, {}, opts);
    const { entry, tier } = args;
    // The MCPServer is the last part: it refers to the others, and must be gone before they may go.
    const made: Resource[] = [];
    for (const part of renderServer(args))
      made.push(createPart(name, part, { parent: this, dependsOn: [...made] }));
    this.url = output(entryUrl(entry, tier));
    this.registerOutputs({ url: this.url });
  }
}
