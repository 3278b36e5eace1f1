import fc from "fast-check";
import { violationsOf } from "../../policy/rule";
import { rules } from "../../policy/rules";
import { stackObjects } from "../../policy/stack-object";
import { tiersFrom } from "../../policy/tiers";

const kinds = [
  ["toolhive.stacklok.dev/v1beta1", "MCPServer"],
  ["toolhive.stacklok.dev/v1beta1", "MCPRemoteProxy"],
  ["toolhive.stacklok.dev/v1beta1", "VirtualMCPServer"],
  ["toolhive.stacklok.dev/v1beta1", "MCPToolConfig"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["cilium.io/v2", "CiliumNetworkPolicy"],
  ["core/v1", "Pod"],
  ["core/v1", "Service"],
  ["core/v1", "ServiceAccount"],
  ["core/v1", "Secret"],
  ["core/v1", "ConfigMap"],
  ["core/v1", "Namespace"],
  ["core/v1", "List"],
  ["apps/v1", "DeploymentPatch"],
  ["batch/v1", "CronJob"],
] as const;

// Keys that a rule looks for, so that what is none of it stands where it looks.
const keys = [
  ...["spec", "metadata", "labels", "annotations", "data", "stringData", "type", "kind", "items"],
  ...["template", "jobTemplate", "podTemplateSpec", "containers", "initContainers", "volumes"],
  ...["image", "reference", "env", "args", "name", "value", "securityContext", "capabilities"],
  ...["add", "drop", "ports", "hostPort", "hostPath", "projected", "sources", "serviceAccount"],
  ...["ingress", "egress", "from", "to", "ipBlock", "cidr", "except", "podSelector", "specs"],
  ...["namespaceSelector", "matchLabels", "matchExpressions", "key", "operator", "values"],
  ...["endpointSelector", "toEndpoints", "toFQDNs", "toCIDR", "toEntities", "fromCIDRSet"],
  ...["policyTypes", "incomingAuth", "oidcConfigRef", "toolsFilter", "toolConfigRef", "port"],
];
const scalar = fc.oneof(
  fc.constantFrom("mcp-internal", "Exists", "In", "0.0.0.0/0", "ALL", "", "::/0", "Egress"),
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    scalar,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 8 }),
  ),
}));

describe("what is no object at all", () => {
  const tiers = tiersFrom({ internal: { auth: true, image: { registries: ["ghcr.io"] } } }, "here");
  const context = { tiers, config: {} };

  it("is read by every rule without a fall", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), tree, tree, ([version, kind], spec, more) => {
        const metadata = { name: "a", namespace: "mcp-internal" };
        const extra = typeof more === "object" && more !== null ? more : {};
        const objects = [
          { metadata, spec },
          { metadata, ...extra },
          { ...extra, spec },
        ].flatMap((props) => stackObjects({ type: `kubernetes:${version}:${kind}`, props }));
        for (const rule of rules)
          if ("check" in rule) for (const one of objects) violationsOf(rule, one, context);
          else rule.checkStack(objects, context);
      }),
      { numRuns: 1_500 },
    );
  });
});
