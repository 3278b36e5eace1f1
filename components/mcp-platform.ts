import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Release } from "@pulumi/kubernetes/helm/v3";
import type { PlatformSettings, Sensitivity, Tier } from "../catalog";
import { crdValues, operatorValues, renderPlatform } from "../manifests";
import { createParts } from "./parts";
import { SensitivityTier } from "./sensitivity-tier";

/** Arguments of a {@link McpPlatform}. */
export interface McpPlatformArgs {
  /** How the ToolHive operator is installed. */
  readonly platform: PlatformSettings;
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

  /**
   * @param name Name of the component; its children are `<name>-namespace`, `<name>-crds`,
   * `<name>-operator` and `<name>-<sensitivity>` for each tier.
   * @param args What to install.
   * @param opts Pulumi options.
   */
  constructor(name: string, args: McpPlatformArgs, opts?: ComponentResourceOptions) {
    super("mcp-fleet:index:McpPlatform", name, {}, opts);
    const { platform, tiers } = args;
    const { namespace } = platform;
    const parts = createParts(name, renderPlatform(platform), { parent: this });
    const crds = new Release(
      `${name}-crds`,
      {
        name: "toolhive-operator-crds",
        namespace,
        chart: platform.crds.chart,
        version: platform.crds.version,
        values: crdValues(platform),
      },
      { parent: this, dependsOn: [...parts.values()] },
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
      { parent: this, dependsOn: [crds] },
    );
    this.tiers = new Map(
      tiers.map((tier) => [
        tier.sensitivity,
        new SensitivityTier(
          `${name}-${tier.sensitivity}`,
          { tier },
          { parent: this, dependsOn: [operator] },
        ),
      ]),
    );
    this.registerOutputs();
  }
}
