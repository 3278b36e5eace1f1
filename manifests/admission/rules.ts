import { prefix } from "../labels";
import { listOf, literal } from "./cel";
import { imageRules } from "./images";
import type { AdmissionInput } from "./policy";

/** One rule of a tier. */
export interface AdmissionRule {
  /** CEL that is true of what may pass. */
  readonly expression: string;
  /** What a person is to do. */
  readonly message: string;
  /** CEL that says it with names of the object; the message is said when it fails. */
  readonly messageExpression?: string;
}

const toolhive = 'request.resource.group == "toolhive.stacklok.dev"';
const workloads = 'request.resource.resource in ["mcpservers", "mcpremoteproxies"]';
const pod = 'request.resource.resource == "pods"';
const service = 'request.resource.resource == "services"';
const patch = "object.spec.?podTemplateSpec.?spec";

/** Every rule of a tier; an exemption lifts all but who may change ToolHive's kinds. */
export function rules(input: AdmissionInput): readonly AdmissionRule[] {
  const lifted = [
    ...imageRules(input),
    ownership(input),
    ...toolRules(input),
    ...placeRules(),
    ...accountRules(input),
  ];
  return [
    deployers(input),
    askers(),
    ...lifted.map((rule) => ({ ...rule, expression: `variables.exempt || (${rule.expression})` })),
  ];
}

/** Only who deploys, and the operator, change ToolHive's objects and the network rules. */
function deployers({ admission, platform }: AdmissionInput): AdmissionRule {
  const users = admission.deployers.flatMap((each) => ("user" in each ? [each.user] : []));
  const groups = admission.deployers.flatMap((each) => ("group" in each ? [each.group] : []));
  const operator = `system:serviceaccount:${platform.namespace}:toolhive-operator`;
  const may = [
    `request.userInfo.username in ${listOf([...users, operator])}`,
    ...(groups.length > 0
      ? [`request.userInfo.?groups.orValue([]).exists(g, g in ${listOf(groups)})`]
      : []),
    "variables.exempt",
  ];
  return {
    expression: `!(${toolhive} || request.resource.resource == "networkpolicies") || ${may.join(" || ")}`,
    message:
      "Only the fleet's deployer changes this: change the catalogue, open a pull request, and let pulumi up apply it.",
    messageExpression: `request.userInfo.username + " may not change " + request.resource.resource + " here, only the fleet's deployer: change the catalogue, open a pull request, and let pulumi up apply it."`,
  };
}

/** An exemption is asked for by its users alone, also on workloads whose pods inherit it. */
function askers(): AdmissionRule {
  const key = literal(`${prefix}/exemption`);
  const inherited = `object.?spec.?template.?metadata.?annotations[?${key}].orValue("")`;
  return {
    expression: `(variables.asked == "" && ${inherited} == "") || variables.exempt || (variables.asked == "" && variables.acts)`,
    message:
      "This exemption does not hold: it is unknown in this tier, its day is over, or you are not among its users; see mcp-fleet:admission.exemptions.",
  };
}

function ownership({ tier }: AdmissionInput): AdmissionRule {
  const keys = ["entry", "owner", "category", "cost-class"].map((key) => `${prefix}/${key}`);
  const labels = "object.metadata.?labels.orValue({})";
  return {
    expression: `!(${workloads} || ${pod}) || (${listOf(keys)}.all(k, k in ${labels}) && ${labels}[?${literal(`${prefix}/sensitivity`)}].orValue("") == ${literal(tier.sensitivity)})`,
    message: `Labels of the catalogue are missing (${keys.join(", ")}, and ${prefix}/sensitivity: ${tier.sensitivity}): what runs here is made from a catalogue entry; write one.`,
  };
}

function toolRules({ tier }: AdmissionInput): readonly AdmissionRule[] {
  const found: AdmissionRule[] = [
    {
      expression: `!(${workloads}) || object.spec.?toolConfigRef.?name.orValue("") != ""`,
      message:
        "spec.toolConfigRef is missing: without it every tool is published; name an MCPToolConfig that lists them.",
    },
    {
      expression:
        'request.resource.resource != "mcptoolconfigs" || size(object.spec.?toolsFilter.orValue([])) > 0',
      message: "spec.toolsFilter is empty, which publishes every tool; list those to publish.",
    },
  ];
  if (tier.auth)
    found.push({
      expression: `!(${workloads}) || object.spec.?oidcConfigRef.?name.orValue("") != ""`,
      message: `spec.oidcConfigRef is missing: tier ${tier.sensitivity} demands authentication; write auth in the entry.`,
    });
  return found;
}

function placeRules(): readonly AdmissionRule[] {
  return [
    {
      expression: `!(${pod}) || object.spec.?volumes.orValue([]).all(v, !has(v.hostPath))`,
      message:
        "A volume is of kind hostPath, the node's own disk; take a claim, ConfigMap or Secret.",
    },
    {
      expression: `!(${workloads}) || (size(object.spec.?volumes.orValue([])) == 0 && ${patch}.?volumes.orValue([]).all(v, !has(v.hostPath)))`,
      message:
        "spec.volumes are hostPath, the node's own disk; write volumes in the entry (claim, configMap, secret, emptyDir).",
    },
    {
      expression: `!(${service}) || object.spec.?type.orValue("ClusterIP") == "ClusterIP"`,
      message: "A Service here is of type ClusterIP; a tool is reached through its proxy.",
    },
    {
      expression:
        'request.resource.resource != "mcpservers" || !(object.spec.?mcpPort.orValue(8080) >= 30000 && object.spec.?mcpPort.orValue(8080) <= 32767)',
      message:
        "spec.mcpPort lies in 30000-32767, which ToolHive opens on every node; take another port.",
    },
  ];
}

function accountRules({ tier }: AdmissionInput): readonly AdmissionRule[] {
  const account = literal(tier.serviceAccount);
  const runner = 'object.metadata.?labels[?"toolhive-name"].orValue("")';
  const own = 'object.spec.?serviceAccountName.orValue("default")';
  return [
    {
      expression: `request.resource.resource != "mcpservers" || (object.spec.?serviceAccount.orValue("") == ${account} && ${patch}.?serviceAccountName.orValue(${account}) == ${account} && ${patch}.?automountServiceAccountToken.orValue(true) == false)`,
      message: `spec.serviceAccount is not the tier's, ${tier.serviceAccount}, without its token mounted; leave it to the catalogue.`,
    },
    {
      expression: `!(${pod}) || request.?subResource.orValue("") != "" || (${own} == ${account} && object.spec.?automountServiceAccountToken.orValue(true) == false) || ${own} == ${runner} + "-proxy-runner" || ${own} == ${runner} + "-remote-proxy-runner" || ${own} == ${runner} + "-vmcp"`,
      message: `The pod's ServiceAccount is foreign: servers run as ${tier.serviceAccount} without a token, proxies as their own.`,
    },
  ];
}
