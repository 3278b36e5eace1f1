import type { MatchCondition } from "kubernetes-types/admissionregistration/v1";
import type { PlatformSettings } from "../../catalog";
import { all, listOf, literal, over, toolhive } from "./cel";
import type { AdmissionInput } from "./policy";
import type { AdmissionRule } from "./rules";

const user = "request.userInfo.username";
const kubernetes = "system:serviceaccount:kube-system:";

/** Where all controllers are one user. */
const oneForAll = "system:kube-controller-manager";

/** Who makes workloads of workloads, and pods of them, by Kubernetes itself; their names are fixed. */
const controllers = [
  "deployment-controller",
  "replicaset-controller",
  "statefulset-controller",
  "daemon-set-controller",
  "cronjob-controller",
  "job-controller",
];

/** The user that the operator is. */
function operatorUser({ namespace, operator }: PlatformSettings): string {
  const { operator: own } = operator.values as {
    readonly operator?: { readonly serviceAccount?: { readonly name?: string } };
  };
  const name = own?.serviceAccount?.name ?? "toolhive-operator";
  return `system:serviceaccount:${namespace}:${name}`;
}

/** CEL that is true of who makes objects for others: the operator, the tier's proxies, Kubernetes' controllers. */
export function actsForOthers({ tier, platform }: AdmissionInput): string {
  const users = [
    operatorUser(platform),
    ...controllers.map((name) => `${kubernetes}${name}`),
    oneForAll,
  ];
  const proxies = literal(`system:serviceaccount:${tier.namespace}:`);
  return `${user} in ${listOf(users)} || (${user}.startsWith(${proxies}) && ${user}.endsWith("-proxy-runner"))`;
}

/**
 * What is judged: all but what the operator and Kubernetes' own controllers write of finalizers and owners
 * alone. Judged too, an object could not go: garbage collection takes the last finalizer by an update.
 */
export function judged({ platform }: AdmissionInput): MatchCondition {
  const same = ["object.?spec == oldObject.?spec"].concat(
    ["labels", "annotations"].map((key) => `object.metadata.?${key} == oldObject.metadata.?${key}`),
  );
  const writers = `${user} in ${listOf([operatorUser(platform), oneForAll])} || ${user}.startsWith(${literal(kubernetes)})`;
  return {
    name: "more-than-finalizers-and-owners",
    expression: `!((${writers}) && request.operation == "UPDATE" && ${all(same)})`,
  };
}

/** Only who deploys, and the operator, change ToolHive's objects and the network rules. */
export function deployers({ admission, platform }: AdmissionInput): AdmissionRule {
  const users = admission.deployers.flatMap((each) => ("user" in each ? [each.user] : []));
  const groups = admission.deployers.flatMap((each) => ("group" in each ? [each.group] : []));
  const may = [
    `${user} in ${listOf([...users, operatorUser(platform)])}`,
    ...(groups.length > 0
      ? [`request.userInfo.?groups.orValue([]).exists(g, g in ${listOf(groups)})`]
      : []),
  ];
  return {
    expression: `!(${toolhive} || ${over("networkpolicies", "ciliumnetworkpolicies")}) || ${may.join(" || ")}`,
    message:
      "Only the fleet's deployer changes this: change the catalogue, open a pull request, and let pulumi up apply it.",
    messageExpression: `${user} + " may not change " + request.resource.resource + " here, only the fleet's deployer: change the catalogue, open a pull request, and let pulumi up apply it."`,
  };
}
