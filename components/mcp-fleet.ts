import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import { tiersOf } from "../catalog";
import type { Entry, Sensitivity, Settings } from "../catalog";
import type { EntryComponent } from "./entry-component";
import { McpPlatform } from "./mcp-platform";
import { McpRemote } from "./mcp-remote";
import { McpServer } from "./mcp-server";

/** Arguments of a {@link McpFleet}. */
export interface McpFleetArgs {
  /** Settings of the environment. */
  readonly settings: Settings;
  /** The entries to run, checked together. */
  readonly entries: readonly Entry[];
  /** Values of the stack's configuration that Secrets of source `pulumi` take, by name. */
  readonly secretValues?: Input<Readonly<Record<string, string>>>;
}

/** Where a server of the fleet is found, and whose it is. */
export interface ServerSummary {
  /** Kind of the entry: what ToolHive's object and Service are called depends on it. */
  readonly kind: Entry["kind"];
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
    const { settings, entries, secretValues } = args;
    const { platform, network, oidc, admission, signatures } = settings;
    const { tiers, apiServer } = new McpPlatform(
      `${name}-platform`,
      {
        platform,
        network,
        oidc,
        admission,
        signatures: signatures && { signatures, entries },
        tiers: tiersOf(settings),
      },
      { parent: this },
    );
    // Of a retired entry nothing runs.
    const live = entries.filter(({ lifecycle }) => lifecycle.state !== "retired");
    this.servers = Object.fromEntries(
      live.map((entry) => {
        const owner = tiers.get(entry.sensitivity);
        if (!owner) throw new Error(`${entry.name}: there is no tier ${entry.sensitivity}`);
        const { tier } = owner;
        const shared = { tier, environment: settings, apiServer, secretValues };
        const opts = { parent: this, dependsOn: [owner] };
        const { url }: EntryComponent =
          entry.kind === "Server"
            ? new McpServer(entry.name, { entry, ...shared }, opts)
            : new McpRemote(entry.name, { entry, ...shared }, opts);
        const { kind, name: entryName } = entry;
        const { sensitivity, namespace } = tier;
        return [entryName, { kind, url, tier: sensitivity, namespace, owner: entry.owner.team }];
      }),
    );
    this.registerOutputs({ servers: this.servers });
  }
}
