import type { Variable, AuditAnnotation } from "kubernetes-types/admissionregistration/v1";
import { prefix } from "../labels";
import { listOf, literal } from "./cel";
import type { AdmissionInput } from "./policy";

const key = `${prefix}/exemption`;

/** Who makes pods for a workload, by Kubernetes itself; their names are fixed. */
const controllers = ["statefulset-controller", "replicaset-controller", "daemon-set-controller"];

/**
 * Variables that say whether an object is exempted: it asks for an exemption of its tier by name, was made
 * before the exemption's end, and is written by one of its users, or is a pod that a controller makes of
 * such a workload. CEL knows no time of day; the object's own creation is what the API server wrote.
 */
export function exemptVariables({
  tier,
  admission,
  platform,
}: AdmissionInput): readonly Variable[] {
  const own = admission.exemptions.filter((each) => each.tier === tier.sensitivity);
  const runners = `system:serviceaccount:${tier.namespace}:`;
  const actors = [
    `system:serviceaccount:${platform.namespace}:toolhive-operator`,
    ...controllers.map((name) => `system:serviceaccount:kube-system:${name}`),
    "system:serviceaccount:kube-system:deployment-controller",
  ];
  const holds = own.map(
    ({ name, until, users }) =>
      `(variables.asked == ${literal(name)} && timestamp(string(object.metadata.creationTimestamp)) < timestamp(${literal(dayAfter(until))}) && (request.userInfo.username in ${listOf(users)} || variables.acts))`,
  );
  const reasons = own.map(({ name, reason }) => `${literal(name)}: ${literal(reason)}`);
  return [
    {
      name: "asked",
      expression: `object.metadata.?annotations[?${literal(key)}].orValue("")`,
    },
    {
      name: "acts",
      expression: `request.userInfo.username in ${listOf(actors)} || (request.userInfo.username.startsWith(${literal(runners)}) && request.userInfo.username.endsWith("-proxy-runner"))`,
    },
    { name: "exempt", expression: holds.length > 0 ? holds.join(" || ") : "false" },
    { name: "reasons", expression: reasons.length > 0 ? `{${reasons.join(", ")}}` : `{"": ""}` },
  ];
}

/** What the audit log is told of every use of an exemption. */
export const auditAnnotations: readonly AuditAnnotation[] = [
  {
    key: "exemption",
    valueExpression:
      'variables.exempt ? variables.asked + " used by " + request.userInfo.username + ": " + variables.reasons[variables.asked] : ""',
  },
];

/** The first moment after a day, in UTC. */
function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().replace(".000Z", "Z");
}
