import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { Tier } from "../catalog";
import { renderTier } from "../manifests";
import { createParts } from "./parts";

/** Arguments of a {@link SensitivityTier}. */
export interface SensitivityTierArgs {
  /** What the sensitivity means in this environment. */
  readonly tier: Tier;
}

/**
 * What one sensitivity means in one environment: a namespace with its Pod Security level, the servers'
 * ServiceAccount, and the denial of all traffic that no entry declares.
 */
export class SensitivityTier extends ComponentResource {
  /** What the tier is, for the entries that run in it. */
  public readonly tier: Tier;

  /**
   * @param name Name of the component; its children are `<name>-namespace`, `<name>-service-account`
   * and `<name>-default-deny`.
   * @param args What the tier is.
   * @param opts Pulumi options.
   */
  constructor(name: string, args: SensitivityTierArgs, opts?: ComponentResourceOptions) {
    super("mcp-fleet:index:SensitivityTier", name, {}, opts);
    this.tier = args.tier;
    const isNamespace = ({ role }: { readonly role: string }): boolean => role === "namespace";
    const parts = renderTier(args.tier);
    const namespace = createParts(name, parts.filter(isNamespace), { parent: this });
    const inside = parts.filter((part) => !isNamespace(part));
    createParts(name, inside, { parent: this, dependsOn: [...namespace.values()] });
    this.registerOutputs();
  }
}
