import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from "kubernetes-types/admissionregistration/v1";
import type { Admission, PlatformSettings, Tier } from "../../catalog";
import { takeBack, tierLabels } from "../labels";
import type { Manifest, Part } from "../manifest";
import { auditAnnotations, exemptVariables } from "./exemptions";
import { imageVariables } from "./images";
import { rules } from "./rules";
import { judged } from "./writers";

/** What a tier's admission is made from. */
export interface AdmissionInput {
  /** The tier. */
  readonly tier: Tier;
  /** Who may deploy, and exemptions. */
  readonly admission: Admission;
  /** How the operator is installed: it writes too, and its images run in the tier. */
  readonly platform: PlatformSettings;
}

const resources = (apiGroups: string[], ...names: string[]) => ({
  apiGroups,
  apiVersions: ["*"],
  operations: ["CREATE", "UPDATE"],
  resources: names,
});

const workloads = [
  "deployments",
  "statefulsets",
  "daemonsets",
  "replicasets",
  "controllerrevisions",
];

/**
 * The ValidatingAdmissionPolicy of a tier (admissionregistration.k8s.io/v1, KEP-3488) and its binding: the
 * API server itself then holds the tier's rules, whoever writes and by whatever tool. Both belong to the
 * cluster; the namespace is part of their names, so that two fleets never share one.
 */
export function renderAdmission(input: AdmissionInput): readonly Part[] {
  const { tier } = input;
  const name = `mcp-fleet.${tier.namespace}`;
  const metadata: Manifest["metadata"] = {
    name,
    labels: { ...tierLabels(tier.sensitivity) },
    annotations: { ...takeBack },
  };
  const policy: ValidatingAdmissionPolicy & Manifest = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata,
    spec: {
      // What cannot be judged is refused.
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: [
          resources(["toolhive.stacklok.dev"], "*"),
          resources([""], "pods", "pods/ephemeralcontainers", "services"),
          resources(["apps"], ...workloads),
          resources(["batch"], "jobs", "cronjobs"),
          resources(["networking.k8s.io"], "networkpolicies"),
          resources(["cilium.io"], "ciliumnetworkpolicies"),
        ],
      },
      matchConditions: [judged(input)],
      variables: [...exemptVariables(input), ...imageVariables(input)],
      auditAnnotations: [...auditAnnotations],
      validations: rules(input).map(({ expression, message, messageExpression }) => ({
        expression,
        message,
        ...(messageExpression !== undefined && { messageExpression }),
        reason: "Forbidden",
      })),
    },
  };
  const binding: ValidatingAdmissionPolicyBinding & Manifest = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicyBinding",
    metadata,
    spec: {
      policyName: name,
      validationActions: ["Deny", "Audit"],
      matchResources: {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": tier.namespace } },
      },
    },
  };
  return [
    { role: "admission", manifest: policy },
    { role: "admission-binding", manifest: binding },
  ];
}
