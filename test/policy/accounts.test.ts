import { right } from "./right";
import type { Plain } from "./right";
import { table } from "./table";
import { workload } from "./workloads";

const pod = "spec.podTemplateSpec.spec";
const token = "is not false, so the pod gets a token of the API server; write false";
const deployment = workload({ containers: [{ name: "tool" }] });
const secret: Plain = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "token", namespace: "mcp-internal" },
  type: "kubernetes.io/service-account-token",
};

table("rules over ServiceAccounts", [
  {
    rule: "MCP016",
    what: "an account with a token",
    object: right("service-account"),
    changes: { automountServiceAccountToken: undefined },
    says: [
      "automountServiceAccountToken: is not false, so its pods get a token of the API server; write false",
    ],
  },
  {
    rule: "MCP016",
    what: "an account with rights in the cloud",
    object: right("service-account"),
    changes: { 'metadata.annotations."eks.amazonaws.com/role-arn"': "arn:aws:iam::1:role/all" },
    says: [
      'metadata.annotations["eks.amazonaws.com/role-arn"]: gives every server of the tier credentials of the cloud; take a Secret of the entry that needs them',
    ],
  },
  {
    rule: "MCP016",
    what: "a Secret that is a token",
    object: secret,
    says: ["type: is a token of the API server that never ends; remove it"],
  },
  {
    rule: "MCP016",
    what: "another Secret",
    object: secret,
    changes: { type: "Opaque" },
    says: [],
  },
  {
    rule: "MCP016",
    what: "a server as somebody else",
    object: right("server"),
    changes: { "spec.serviceAccount": "admin", [`${pod}.serviceAccountName`]: "other" },
    says: [
      'spec.serviceAccount: "admin" is not the ServiceAccount of tier internal; write mcp-server',
      'spec.podTemplateSpec.spec.serviceAccountName: "other" is not the ServiceAccount of tier internal; write mcp-server',
    ],
  },
  {
    rule: "MCP016",
    what: "a server with a token as whoever ToolHive makes",
    object: right("server"),
    changes: { "spec.serviceAccount": undefined, [`${pod}.automountServiceAccountToken`]: true },
    says: [
      "spec.serviceAccount: is missing, so it is another than that of tier internal; write mcp-server",
      `spec.podTemplateSpec.spec.automountServiceAccountToken: ${token}`,
    ],
  },
  {
    rule: "MCP016",
    what: "a server with a projected token",
    object: right("server"),
    changes: {
      [`${pod}.volumes`]: [
        {
          name: "t",
          projected: {
            sources: [{ configMap: { name: "a" } }, { serviceAccountToken: { path: "t" } }],
          },
        },
      ],
    },
    says: [
      "spec.podTemplateSpec.spec.volumes[0].projected.sources[1]: gives the pod a token of its ServiceAccount; remove it",
    ],
  },
  {
    rule: "MCP016",
    what: "a proxy as somebody else",
    object: right("remote"),
    changes: { "spec.serviceAccount": "admin", [`${pod}.serviceAccountName`]: "other" },
    says: [
      'spec.serviceAccount: "admin" takes the place of the proxy\'s own; remove it',
      'spec.podTemplateSpec.spec.serviceAccountName: "other" takes the place of the proxy\'s own; remove it',
    ],
  },
  {
    rule: "MCP016",
    what: "a workload beside ToolHive with a token",
    object: deployment,
    says: [
      "spec.template.spec.serviceAccountName: is missing, so it is another than that of tier internal; write mcp-server",
      `spec.template.spec.automountServiceAccountToken: ${token}`,
    ],
  },
  {
    rule: "MCP016",
    what: "a workload of no tier",
    object: deployment,
    changes: { "metadata.namespace": "default" },
    says: [],
  },
  {
    rule: "MCP016",
    what: "the account that the environment names",
    object: right("server"),
    changes: { "spec.serviceAccount": "tools" },
    tiers: { internal: { serviceAccount: "tools" } },
    says: [],
  },
  ...["server", "remote", "service-account", "tools"].map((role) => ({
    rule: "MCP016",
    what: `the ${role} that mcp-fleet makes`,
    object: right(role),
    says: [],
  })),
]);
