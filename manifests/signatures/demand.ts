import type { LabelSelectorRequirement } from "kubernetes-types/meta/v1";
import type { Entry, Settings, Signature, Tier } from "../../catalog";
import { backendKey } from "../network/selectors";
import { toolhiveSigner } from "./toolhive-signer";

/** What verifies signatures in the cluster, and who signs ToolHive's own images. */
export type SignatureSettings = NonNullable<Settings["signatures"]>;

/** What the signatures of a tier are made from. */
export interface SignatureInput {
  /** The tier. */
  readonly tier: Tier;
  /** What verifies them. */
  readonly signatures: SignatureSettings;
  /** All entries of the environment; those of the tier with a signature of their own matter. */
  readonly entries: readonly Entry[];
}

/** Some pods of a tier, and who must have signed their images. */
export interface Demand {
  /** Which pods, as part of an object's name. */
  readonly of: string;
  /** Which pods, in a sentence. */
  readonly pods: string;
  /** Labels by which they are found among the tier's pods. */
  readonly expressions: LabelSelectorRequirement[];
  /** Who must have signed. */
  readonly signature: Signature;
}

/**
 * What a tier demands. Every pod is either a backend, which alone has ToolHive's label of the server's name,
 * or must be a proxy: where the tier itself demands signatures, no pod is left that nobody must have signed.
 * Entries come first, because the tier's own demand leaves them out.
 */
export function demandsOf({ tier, signatures, entries }: SignatureInput): readonly Demand[] {
  const own = entries.flatMap((entry): readonly Demand[] =>
    entry.kind === "Server" &&
    entry.signature &&
    entry.sensitivity === tier.sensitivity &&
    entry.lifecycle.state !== "retired"
      ? [
          {
            of: `entry.${entry.name}`,
            pods: `the server of entry ${entry.name}`,
            expressions: [{ key: backendKey, operator: "In", values: [entry.name] }],
            signature: entry.signature,
          },
        ]
      : [],
  );
  if (!tier.signature) return own;
  return [
    ...own,
    {
      of: "proxies",
      pods: "proxies, and of all else that is no server,",
      expressions: [{ key: backendKey, operator: "DoesNotExist" }],
      signature: signatures.platform ?? toolhiveSigner,
    },
    {
      of: "backends",
      pods: `the servers of tier ${tier.sensitivity}`,
      expressions: [{ key: backendKey, operator: "Exists" }, ...allBut(own)],
      signature: tier.signature,
    },
  ];
}

/** All pods but those that have a demand of their own. */
export function allBut(own: readonly Demand[]): LabelSelectorRequirement[] {
  const values = own.flatMap(({ expressions }) => expressions.flatMap((one) => one.values ?? []));
  return values.length > 0 ? [{ key: backendKey, operator: "NotIn", values }] : [];
}
