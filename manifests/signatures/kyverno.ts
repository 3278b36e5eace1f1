import type { LabelSelectorRequirement } from "kubernetes-types/meta/v1";
import { predicateTypes } from "../../catalog";
import type { Signature, Tier } from "../../catalog";
import { listOf, literal } from "../admission/cel";
import type { Part } from "../manifest";
import type { Demand } from "./demand";
import { identity, publicKey, publicLog, signerName } from "./identity";
import { policy } from "./object";

/*
 * ImageValidatingPolicy of Kyverno 1.17 and newer. Pods are told apart by conditions: an object selector that
 * asks for a label's absence holds every new pod, because Kyverno looks at the old object too, which is empty
 * then (Kyverno v1.19 pkg/cel/matching/matcher.go). For pods and a subresource together Kyverno makes no rules
 * for Deployments and the like (pkg/cel/autogen/support.go): the pods that they make are verified.
 */
const kind = { apiVersion: "policies.kyverno.io/v1", kind: "ImageValidatingPolicy" } as const;

/** The policies of a tier's demands; the tier's own last. */
export function imageValidatingPolicies(tier: Tier, demands: readonly Demand[]): readonly Part[] {
  return demands.map((demand) => policy(tier, kind, "signature", demand.of, spec(tier, demand)));
}

function spec({ namespace }: Tier, { pods, expressions, signature }: Demand): object {
  const { attestations } = signature;
  const by = signerName(signature);
  return {
    // What cannot be judged is refused.
    failurePolicy: "Fail",
    validationActions: ["Deny", "Audit"],
    webhookConfiguration: { timeoutSeconds: 30 },
    matchConstraints: {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
      resourceRules: [
        {
          apiGroups: [""],
          apiVersions: ["v1"],
          operations: ["CREATE", "UPDATE"],
          resources: ["pods", "pods/ephemeralcontainers"],
        },
      ],
    },
    matchConditions: [
      { name: "these-pods", expression: expressions.map(condition).join(" && ") },
      { name: "new-images", expression: newImages },
    ],
    // A tag is made a digest when the pod is made, so that what was verified is what runs.
    validationConfigurations: { mutateDigest: true, verifyDigest: true, required: true },
    attestors: [{ name: "signer", cosign: cosign(signature) }],
    ...(attestations.length > 0 && {
      attestations: attestations.map((name) => ({ name, intoto: { type: predicateTypes[name] } })),
    }),
    validations: [
      {
        expression: `${all}.all(i, verifyImageSignatures(i, [attestors.signer]) > 0)`,
        message: `Images of ${pods} must be signed by ${by}, and one is not; take one that is, or have the catalogue's signature reviewed.`,
      },
      ...attestations.map((name) => ({
        expression: `${all}.all(i, verifyAttestationSignatures(i, attestations.${name}, [attestors.signer]) > 0)`,
        message: `Images of ${pods} must have an attestation ${predicateTypes[name]} signed by ${by}, and one has none.`,
      })),
    ],
  };
}

const all = "(images.containers + images.initContainers + images.ephemeralContainers)";

const lists = ["containers", "initContainers", "ephemeralContainers"];

/** A requirement of a selector, as CEL. */
function condition({ key, operator, values = [] }: LabelSelectorRequirement): string {
  const listed = `${labels}[?${literal(key)}].orValue("") in ${listOf(values)}`;
  const exists = `${literal(key)} in ${labels}`;
  switch (operator) {
    case "In":
      return listed;
    case "NotIn":
      return `!(${listed})`;
    case "Exists":
      return exists;
    default:
      return `!(${exists})`;
  }
}

const labels = "object.metadata.?labels.orValue({})";

/** A running pod may get labels and lose finalizers whatever its registry says meanwhile. */
const newImages = `request.operation == "CREATE" || ${lists
  .map((list) => `${imagesOf("object", list)} != ${imagesOf("oldObject", list)}`)
  .join(" || ")}`;

function imagesOf(pod: string, list: string): string {
  return `${pod}.spec.?${list}.orValue([]).map(c, c.image)`;
}

function cosign(signature: Signature): object {
  if (signature.key === undefined)
    return { keyless: { identities: [identity(signature)] }, ctlog: { ...publicLog } };
  // A key vouches for itself: many that sign with one write to no log, and policy-controller asks none.
  return {
    key: publicKey(signature.key),
    ctlog: { insecureIgnoreTlog: true, insecureIgnoreSCT: true },
  };
}
