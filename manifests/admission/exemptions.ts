import type { AuditAnnotation, Variable } from "kubernetes-types/admissionregistration/v1";
import { prefix } from "../labels";
import { listOf, literal } from "./cel";
import type { AdmissionInput } from "./policy";
import type { AdmissionRule } from "./rules";
import { actsForOthers } from "./writers";

const key = `${prefix}/exemption`;

/**
 * Where an object says what the pods, or the objects that make pods, are annotated with that are made of it.
 * A StatefulSet takes templates of older pods from ControllerRevisions.
 */
const templates = [
  "spec.?template.?metadata",
  "spec.?jobTemplate.?metadata",
  "spec.?jobTemplate.?spec.?template.?metadata",
  "spec.?podTemplateSpec.?metadata",
  ...["proxyDeployment", "statefulSet"].flatMap((part) => [
    `spec.?resourceOverrides.?${part}`,
    `spec.?resourceOverrides.?${part}.?podTemplateMetadataOverrides`,
  ]),
  "data.?spec.?template.?metadata",
];

/**
 * Variables that say whether an object is exempted: it asks for an exemption of its tier by name, was made
 * before the exemption's end, and is written by one of its users, or by who makes it of what one of them has
 * written. CEL knows no time of day; the time of the object's creation is what the API server wrote.
 */
export function exemptVariables(input: AdmissionInput): readonly Variable[] {
  const { tier, admission } = input;
  const own = admission.exemptions.filter((each) => each.tier === tier.sensitivity);
  const held = own.map(
    ({ name, until, users }) =>
      `(timestamp(string(object.metadata.creationTimestamp)) <= timestamp(${literal(`${until}T23:59:59Z`)}) && (request.userInfo.username in ${listOf(users)} || variables.acts) ? [${literal(name)}] : [])`,
  );
  const asked = (metadata: string): string =>
    `${metadata}.?annotations[?${literal(key)}].orValue("")`;
  const inherited = templates.map((metadata) => asked(`object.?${metadata}`));
  // Of two of one name the later counts.
  const reasons = [...new Map(own.map(({ name, reason }) => [name, reason]))].map(
    ([name, reason]) => `${literal(name)}: ${literal(reason)}`,
  );
  return [
    { name: "asked", expression: asked("object.metadata") },
    {
      name: "asks",
      expression: `[variables.asked, ${inherited.join(", ")}].filter(n, n != "")`,
    },
    { name: "acts", expression: actsForOthers(input) },
    { name: "held", expression: held.length > 0 ? held.join(" + ") : listOf([]) },
    { name: "exempt", expression: "variables.asked in variables.held" },
    { name: "reasons", expression: reasons.length > 0 ? `{${reasons.join(", ")}}` : `{"": ""}` },
  ];
}

/** An exemption is asked for by its users alone, also for the pods that are made of an object. */
export function askers({ tier }: AdmissionInput): AdmissionRule {
  const end = `take the annotation ${key} away, or have mcp-fleet:admission.exemptions reviewed.`;
  const why = `unknown in tier ${tier.sensitivity}, over, or not for this user`;
  return {
    expression: "variables.asks.all(n, n in variables.held)",
    message: `An exemption does not hold here (${why}): ${end}`,
    messageExpression: `"Exemption " + variables.asks.filter(n, !(n in variables.held))[0] + " does not hold here for " + request.userInfo.username + " (${why}): ${end}"`,
  };
}

/** What the audit log is told of every use of an exemption. */
export const auditAnnotations: readonly AuditAnnotation[] = [
  {
    key: "exemption",
    valueExpression:
      'variables.exempt ? variables.asked + " used by " + request.userInfo.username + ": " + variables.reasons[variables.asked] : ""',
  },
];
