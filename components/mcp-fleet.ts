import { ComponentResource, output, rootStackResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import { tiersOf } from "../catalog";
import type { Entry, Sensitivity, Settings, Tier } from "../catalog";
import type { ApiServerAddress } from "../manifests";
import type { EntryComponent } from "./entry-component";
import { McpPlatform } from "./mcp-platform";
import { McpRemote } from "./mcp-remote";
import { McpServer } from "./mcp-server";

/** Arguments of a {@link McpFleet}. */
export interface McpFleetArgs {
  /** Settings of the environment. */
  readonly settings: Settings;
  /** The entries of the environment, checked together. */
  readonly entries: readonly Entry[];
  /** Those of them that run here; all when absent. */
  readonly runs?: readonly Entry[];
  /** The platform that another stack holds; it is made here when absent. */
  readonly platform?: PlatformOutputs;
  /** Values of the stack's configuration that Secrets of source `pulumi` take, by name. */
  readonly secretValues?: Input<Readonly<Record<string, string>>>;
}

/** What servers need to know of a platform that another stack holds. */
export interface PlatformOutputs {
  /** Where the API server answers, as pods reach it. */
  readonly apiServer: Input<readonly ApiServerAddress[]>;
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

/**
 * The fleet of an environment: the platform and the entries of the catalogue, or a slice of these on the
 * platform of another stack.
 */
export class McpFleet extends ComponentResource {
  /** Where the API server answers, as pods reach it. */
  public readonly apiServer: Output<readonly ApiServerAddress[]>;
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
    const tiers = tiersOf(settings);
    const demanded = signatures && { signatures, entries };
    const own = args.platform
      ? undefined
      : new McpPlatform(
          `${name}-platform`,
          { platform, network, oidc, admission, signatures: demanded, tiers },
          { parent: this },
        );
    const apiServer = output(own?.apiServer ?? args.platform?.apiServer ?? []);
    this.apiServer = apiServer;
    // Of a retired entry nothing runs.
    const live = (args.runs ?? entries).filter(({ lifecycle }) => lifecycle.state !== "retired");
    this.servers = Object.fromEntries(
      live.map((entry) => {
        const tier = tierOf(entry, tiers);
        const shared = { tier, environment: settings, apiServer, secretValues };
        const opts = {
          parent: this,
          dependsOn: own?.tiers.get(entry.sensitivity),
          // Where `pulumi state move` puts what comes from another stack.
          aliases: [{ parent: rootStackResource }],
        };
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

function tierOf({ name, sensitivity }: Entry, tiers: readonly Tier[]): Tier {
  const tier = tiers.find((one) => one.sensitivity === sensitivity);
  if (!tier) throw new Error(`${name}: there is no tier ${sensitivity}`);
  return tier;
}
