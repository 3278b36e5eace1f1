import type { Part } from "../manifest";
import { demandsOf } from "./demand";
import type { SignatureInput } from "./demand";
import { imageValidatingPolicies } from "./kyverno";
import { clusterImagePolicies, includeLabel } from "./policy-controller";

export type { SignatureInput, SignatureSettings } from "./demand";
export { engineInstallation } from "./engine";
export type { EngineInstallation } from "./engine";

/**
 * The policies by which the environment's engine verifies a tier's images; none where nothing demands it.
 * In the order in which they must be there: a later one may leave out pods that an earlier one holds.
 */
export function renderSignatures(input: SignatureInput): readonly Part[] {
  const { tier, signatures } = input;
  const demands = demandsOf(input);
  return signatures.engine === "kyverno"
    ? imageValidatingPolicies(tier, demands)
    : clusterImagePolicies(tier, demands);
}

/** Labels that the engine needs on the tier's namespace. */
export function signatureLabels(input: SignatureInput): Readonly<Record<string, string>> {
  return input.signatures.engine === "policy-controller" && demandsOf(input).length > 0
    ? includeLabel
    : {};
}
