import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { tiersOf } from "../catalog";
import type { Entry, Sensitivity, Settings } from "../catalog";
import { McpPlatform } from "./mcp-platform";
import { McpServer } from "./mcp-server";

/** Arguments of a {@link McpFleet}. */
export interface McpFleetArgs {
  /** Settings of the environment. */
  readonly settings: Settings;
  /** The entries to run, checked together. */
  readonly entries: readonly Entry[];
}

/** Where a server of the fleet is found, and whose it is. */
export interface ServerSummary {
  /** Address of its proxy inside the cluster. */
  readonly url: Output<string>;
  /** Sensitivity of the tier it runs in. */
  readonly tier: Sensitivity;
  /** Namespace it runs in. */
  readonly namespace: string;
  /** Team that answers for it. */
  readonly owner: string;
}

/** The whole fleet of an environment in one stack: the platform and every entry of the catalogue. */
export class McpFleet extends ComponentResource {
  /** Each server by the name of its entry. */
  public readonly servers: Readonly<Record<string, ServerSummary>>;

  /**
   * @param name Name of the component; its children are `<name>-platform` and a server for each entry,
   * named like the entry.
   * @param args Settings and entries.
   * @param opts Pulumi options.
   */
  constructor(name: string, args: McpFleetArgs, opts?: ComponentResourceOptions) {
    super("mcp-fleet:index:McpFleet", name, {}, opts);
    const { settings, entries } = args;
    const { tiers } = new McpPlatform(
      `${name}-platform`,
      { platform: settings.platform, network: settings.network, tiers: tiersOf(settings) },
      { parent: this },
    );
    this.servers = Object.fromEntries(
      entries.map((entry) => {
        const owner = tiers.get(entry.sensitivity);
        if (!owner) throw new Error(`${entry.name}: there is no tier ${entry.sensitivity}`);
        const { tier } = owner;
        const { url } = new McpServer(
          entry.name,
          { entry, tier, network: settings.network },
          { parent: this, dependsOn: [owner] },
        );
        return [
          entry.name,
          { url, tier: tier.sensitivity, namespace: tier.namespace, owner: entry.owner.team },
        ];
      }),
    );
    this.registerOutputs({ servers: this.servers });
  }
}
