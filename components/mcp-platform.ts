import { ComponentResource, all, output } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { EndpointSlice } from "@pulumi/kubernetes/discovery/v1";
import { Release } from "@pulumi/kubernetes/helm/v3";
import type {
  Admission,
  NetworkSettings,
  PlatformSettings,
  Sensitivity,
  Settings,
  Tier,
} from "../catalog";
import {
  apiServerAddresses,
  crdValues,
  engineInstallation,
  operatorValues,
  renderPlatform,
} from "../manifests";
import type { ApiServerAddress, SignatureInput, SignatureSettings } from "../manifests";
import { createPart } from "./parts";
import { SensitivityTier } from "./sensitivity-tier";

/** Arguments of a {@link McpPlatform}. */
export interface McpPlatformArgs {
  /** How the ToolHive operator is installed. */
  readonly platform: PlatformSettings;
  /** The network of the environment; without `apiServer` in it the cluster is asked. */
  readonly network: NetworkSettings;
  /** The issuer of callers' tokens, where the environment names one. */
  readonly oidc?: Settings["oidc"];
  /** Rules that the cluster itself holds; none when absent. */
  readonly admission?: Admission;
  /** What verifies signatures, and the entries of which some have their own; none are demanded when absent. */
  readonly signatures?: Omit<SignatureInput, "tier">;
  /** The tiers to make, one for each sensitivity that the environment knows. */
  readonly tiers: readonly Tier[];
}

/**
 * What all servers of an environment stand on: ToolHive's CRDs and operator, and the tiers. Made in the
 * order CRDs, operator, tiers and taken away in reverse, so that the operator is still there to release
 * whatever is left in a tier.
 */
export class McpPlatform extends ComponentResource {
  /** The tiers by sensitivity; a server depends on its own. */
  public readonly tiers: ReadonlyMap<Sensitivity, SensitivityTier>;
  /** Where the API server answers, as pods reach it. */
  public readonly apiServer: Output<readonly ApiServerAddress[]>;

  /**
   * @param name Name of the component; its children are `<name>-namespace`, `<name>-crds`,
   * `<name>-operator`, `<name>-<sensitivity>` for each tier and, where it installs what verifies signatures,
   * `<name>-signatures` and `<name>-signatures-namespace`.
   * @param args What to install.
   * @param opts Pulumi options.
   */
  constructor(name: string, args: McpPlatformArgs, opts?: ComponentResourceOptions) {
    super("mcp-fleet:index:McpPlatform", name, {}, opts);
    const { platform, network, oidc, admission, signatures, tiers } = args;
    const { namespace } = platform;
    const made = renderPlatform(platform).map((part) => createPart(name, part, { parent: this }));
    // Helm refuses a second Release of one name, so a replaced one must go first.
    const crds = new Release(
      `${name}-crds`,
      {
        name: "toolhive-operator-crds",
        namespace,
        chart: platform.crds.chart,
        version: platform.crds.version,
        values: crdValues(platform),
      },
      { parent: this, dependsOn: made, deleteBeforeReplace: true },
    );
    const operator = new Release(
      `${name}-operator`,
      {
        name: "toolhive-operator",
        namespace,
        chart: platform.operator.chart,
        version: platform.operator.version,
        values: operatorValues(platform),
      },
      { parent: this, dependsOn: [crds], deleteBeforeReplace: true },
    );
    const engine = this.installEngine(name, signatures?.signatures);
    const apiServer = network.apiServer ? output(network.apiServer) : this.askForApiServer(name);
    this.apiServer = apiServer;
    this.tiers = new Map(
      tiers.map((tier) => [
        tier.sensitivity,
        new SensitivityTier(
          `${name}-${tier.sensitivity}`,
          {
            tier,
            network,
            oidc,
            admission: admission && { admission, platform },
            signatures,
            apiServer: this.apiServer,
          },
          { parent: this, dependsOn: [operator, ...engine] },
        ),
      ]),
    );
    this.registerOutputs();
  }

  /** What verifies signatures, where the environment installs it: policies need its CRDs and webhooks. */
  private installEngine(name: string, settings?: SignatureSettings): readonly Release[] {
    const installation = settings && engineInstallation(settings);
    if (!installation || !settings.chart) return [];
    const { namespace, release, values } = installation;
    const made = createPart(name, namespace, { parent: this });
    const place = { name: release, namespace: namespace.manifest.metadata.name };
    return [
      new Release(
        `${name}-signatures`,
        { ...place, ...settings.chart, values },
        { parent: this, dependsOn: [made], deleteBeforeReplace: true },
      ),
    ];
  }

  /** Where the API server answers, from what it keeps about itself. */
  private askForApiServer(name: string): Output<readonly ApiServerAddress[]> {
    const id = "default/kubernetes";
    const slice = EndpointSlice.get(`${name}-api-server`, id, { parent: this });
    return all([slice.endpoints, slice.ports]).apply(([endpoints, ports]) =>
      apiServerAddresses({ endpoints, ports }),
    );
  }
}
