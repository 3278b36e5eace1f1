import { ComponentResource, output } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input } from "@pulumi/pulumi";
import type { NetworkSettings, Settings, Tier } from "../catalog";
import { renderAdmission, renderSignatures, renderTier, signatureLabels } from "../manifests";
import type { AdmissionInput, ApiServerAddress, SignatureInput } from "../manifests";
import { createPart } from "./parts";

/** Arguments of a {@link SensitivityTier}. */
export interface SensitivityTierArgs {
  /** What the sensitivity means in this environment. */
  readonly tier: Tier;
  /** The network of the environment. */
  readonly network: NetworkSettings;
  /** The issuer of callers' tokens, where the environment names one. */
  readonly oidc?: Settings["oidc"];
  /** Rules that the cluster itself holds, and the platform whose operator they let in; none when absent. */
  readonly admission?: Omit<AdmissionInput, "tier">;
  /** What verifies signatures, and the entries of which some have their own; none are demanded when absent. */
  readonly signatures?: Omit<SignatureInput, "tier">;
  /** Where the API server answers, as pods reach it. */
  readonly apiServer: Input<readonly ApiServerAddress[]>;
}

/**
 * What one sensitivity means in one environment: a namespace with its Pod Security level, the servers'
 * ServiceAccount, quota and limits, and network rules that deny what neither ToolHive needs nor an entry
 * declares.
 */
export class SensitivityTier extends ComponentResource {
  /** What the tier is, for the entries that run in it. */
  public readonly tier: Tier;

  /**
   * @param name Name of the component; its children are `<name>-namespace`, `<name>-service-account`,
   * `<name>-quota`, `<name>-limits`, `<name>-default-deny`, `<name>-proxies`, `<name>-backends`,
   * `<name>-remotes` and, where they are asked for, `<name>-oidc`, `<name>-admission`,
   * `<name>-admission-binding` and, for each policy over signatures, `<name>-<what>-<of>`.
   * @param args What the tier is.
   * @param opts Pulumi options.
   */
  constructor(name: string, args: SensitivityTierArgs, opts?: ComponentResourceOptions) {
    super("mcp-fleet:index:SensitivityTier", name, {}, opts);
    const { tier, network, oidc } = args;
    // Settings are checked when they are read; whoever makes a tier alone has none.
    if (tier.signature && !args.signatures)
      throw new Error(
        `${name}: signatures are demanded in tier ${tier.sensitivity}, and nothing is named that verifies them; give signatures: { signatures: { engine: … }, entries: … }`,
      );
    this.tier = tier;
    // The addresses of the API server may come from the cluster; only one object has them in it.
    const spec = output(args.apiServer).apply((apiServer) => {
      const parts = renderTier({ tier, network, oidc, apiServer });
      return parts.find(({ role }) => role === "proxies")?.manifest.spec ?? {};
    });
    const signed = args.signatures && { ...args.signatures, tier };
    const labels = signed && signatureLabels(signed);
    const [namespace, ...inside] = renderTier({ tier, network, oidc, apiServer: [], labels });
    if (namespace?.role !== "namespace") throw new Error("a tier begins with its namespace");
    const dependsOn = [createPart(name, namespace, { parent: this })];
    const admission = args.admission ? renderAdmission({ ...args.admission, tier }) : [];
    for (const part of [...inside, ...admission])
      createPart(
        name,
        part,
        { parent: this, dependsOn },
        part.role === "proxies" ? { spec } : undefined,
      );
    // Each after those before it: an entry's own policy is there before the tier's leaves it out.
    const before = [...dependsOn];
    for (const part of signed ? renderSignatures(signed) : [])
      before.push(createPart(name, part, { parent: this, dependsOn: [...before] }));
    this.registerOutputs();
  }
}
