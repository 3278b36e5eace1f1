import { nodePorts } from "../../catalog";
import { ownershipLabels, prefix } from "../labels";
import { all, listOf, literal, over, podTemplate, toolhive } from "./cel";
import { askers } from "./exemptions";
import { imageRules, plainSpelling } from "./images";
import type { AdmissionInput } from "./policy";
import { deployers } from "./writers";

/** One rule of a tier. */
export interface AdmissionRule {
  /** CEL that is true of what may pass. */
  readonly expression: string;
  /** What a person is to do. */
  readonly message: string;
  /** CEL that says it with names of the object; the message is said when it fails. */
  readonly messageExpression?: string;
}

const servers = over("mcpservers");
const gateways = over("virtualmcpservers");
const proxied = over("mcpservers", "mcpremoteproxies");
const workloads = over("mcpservers", "mcpremoteproxies", "virtualmcpservers");
const pod = over("pods");
const noHostPath = "all(v, !has(v.hostPath))";

/** Every rule of a tier; an exemption lifts all but those that say who may ask for one, and where. */
export function rules(input: AdmissionInput): readonly AdmissionRule[] {
  const lifted = [
    ...imageRules(input),
    ownership(input),
    ...toolRules(),
    ...authRules(input),
    ...placeRules(),
    ...accountRules(input),
  ];
  return [askers(input), exemptable(deployers(input)), plainSpelling(), ...lifted.map(exemptable)];
}

function exemptable(rule: AdmissionRule): AdmissionRule {
  return { ...rule, expression: `variables.exempt || (${rule.expression})` };
}

function ownership({ tier }: AdmissionInput): AdmissionRule {
  const labels = "object.metadata.?labels.orValue({})";
  return {
    expression: `!(${workloads} || ${pod}) || (${listOf(ownershipLabels)}.all(k, k in ${labels}) && ${labels}[?${literal(`${prefix}/sensitivity`)}].orValue("") == ${literal(tier.sensitivity)})`,
    message: `Labels of the catalogue are missing (${ownershipLabels.join(", ")}, and ${prefix}/sensitivity: ${tier.sensitivity}): what runs here is made from a catalogue entry; write one.`,
  };
}

// A gateway publishes what its backends do, each of which has a tool config.
function toolRules(): readonly AdmissionRule[] {
  return [
    {
      expression: `!(${proxied}) || object.spec.?toolConfigRef.?name.orValue("") != ""`,
      message:
        "spec.toolConfigRef is missing: without it every tool is published; name an MCPToolConfig that lists them.",
    },
    {
      expression: `!(${over("mcptoolconfigs")}) || size(object.?spec.?toolsFilter.orValue([])) > 0`,
      message: "spec.toolsFilter is empty, which publishes every tool; list those to publish.",
    },
  ];
}

function authRules({ tier }: AdmissionInput): readonly AdmissionRule[] {
  if (!tier.auth) return [];
  const demands = `tier ${tier.sensitivity} demands authentication`;
  const incoming = "object.spec.?incomingAuth";
  return [
    {
      expression: `!(${proxied}) || object.spec.?oidcConfigRef.?name.orValue("") != ""`,
      message: `spec.oidcConfigRef is missing: ${demands}; write auth in the entry.`,
    },
    {
      expression: `!(${gateways}) || (${incoming}.?type.orValue("") == "oidc" && ${incoming}.?oidcConfigRef.?name.orValue("") != "")`,
      message: `spec.incomingAuth is not of type oidc with an oidcConfigRef: ${demands}.`,
    },
  ];
}

function placeRules(): readonly AdmissionRule[] {
  const clusterIp = (field: string): string =>
    `object.?spec.?${field}.orValue("ClusterIP") == "ClusterIP"`;
  return [
    {
      expression: `!(${pod}) || object.spec.?volumes.orValue([]).${noHostPath}`,
      message:
        "A volume is of kind hostPath, the node's own disk; take a claim, ConfigMap or Secret.",
    },
    {
      expression: `(!(${servers}) || size(object.spec.?volumes.orValue([])) == 0) && (!(${toolhive}) || ${podTemplate}.?spec.?volumes.orValue([]).${noHostPath})`,
      message:
        "spec.volumes are hostPath, the node's own disk; write volumes in the entry (claim, configMap, secret, emptyDir).",
    },
    {
      expression: `!(${over("services")}) || (${clusterIp("type")} && size(object.?spec.?externalIPs.orValue([])) == 0)`,
      message:
        "A Service here is of type ClusterIP, without external addresses; a tool is reached through its proxy.",
    },
    {
      expression: `!(${gateways}) || ${clusterIp("serviceType")}`,
      message: "spec.serviceType is not ClusterIP, which alone is open here; leave it out.",
    },
    {
      expression: `!(${servers}) || !(object.spec.?mcpPort.orValue(8080) >= ${nodePorts.from} && object.spec.?mcpPort.orValue(8080) <= ${nodePorts.to})`,
      message: `spec.mcpPort lies in ${nodePorts.from}-${nodePorts.to}, which ToolHive opens on every node; take another port.`,
    },
  ];
}

function accountRules({ tier }: AdmissionInput): readonly AdmissionRule[] {
  const account = literal(tier.serviceAccount);
  const runner = 'object.metadata.?labels[?"toolhive-name"].orValue("")';
  const own = 'object.spec.?serviceAccountName.orValue("default")';
  const patch = `${podTemplate}.?spec`;
  const servers = all([
    `object.spec.?serviceAccount.orValue("") == ${account}`,
    `${patch}.?serviceAccountName.orValue(${account}) == ${account}`,
    `${patch}.?serviceAccount.orValue(${account}) == ${account}`,
    `${patch}.?automountServiceAccountToken.orValue(true) == false`,
  ]);
  const others = all(
    ["object.spec.?serviceAccount", `${patch}.?serviceAccountName`, `${patch}.?serviceAccount`].map(
      (field) => `${field}.orValue("") == ""`,
    ),
  );
  const noToken = all([
    "object.spec.?automountServiceAccountToken.orValue(true) == false",
    "object.spec.?volumes.orValue([]).all(v, !has(v.projected) || v.projected.?sources.orValue([]).all(s, !has(s.serviceAccountToken)))",
  ]);
  const runners = ["-proxy-runner", "-remote-proxy-runner", "-vmcp"].map(
    (suffix) => `${own} == ${runner} + ${literal(suffix)}`,
  );
  return [
    {
      expression: `!(${over("mcpservers")}) || (${servers})`,
      message: `spec.serviceAccount is not the tier's, ${tier.serviceAccount}, without its token mounted; leave it to the catalogue.`,
    },
    {
      expression: `!(${over("mcpremoteproxies", "virtualmcpservers")}) || (${others})`,
      message: "A ServiceAccount is named; leave it out, so that ToolHive makes one for it alone.",
    },
    {
      expression: `!(${pod}) || request.?subResource.orValue("") != "" || (${own} == ${account} && ${noToken}) || ${runners.join(" || ")}`,
      message: `The pod's ServiceAccount is foreign: servers run as ${tier.serviceAccount} without a token, proxies as their own.`,
    },
  ];
}
