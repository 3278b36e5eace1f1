import { right } from "./right";
import type { Plain } from "./right";
import { table } from "./table";
import { deployment, elsewhere } from "./workloads";

const digest = `sha256:${"0".repeat(64)}`;
const pod = "spec.podTemplateSpec.spec";

const gateway: Plain = {
  apiVersion: "toolhive.stacklok.dev/v1beta1",
  kind: "VirtualMCPServer",
  metadata: { name: "all", namespace: "mcp-internal" },
  spec: { groupRef: { name: "all" } },
};
const service = right("alias.vulnerabilities");
const strict = { internal: { image: { digest: true, registries: ["ghcr.io/stackloklabs"] } } };

table("rules over images", [
  {
    rule: "MCP003",
    what: "a tag where the tier demands a digest",
    object: right("server"),
    tiers: { internal: { image: { digest: true } } },
    says: [
      'spec.image: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2" names no digest, and tier internal demands one: a tag can be moved; write …@sha256:…',
    ],
  },
  {
    rule: "MCP003",
    what: "a sidecar from elsewhere",
    object: right("server"),
    changes: {
      [`${pod}.containers`]: [
        { name: "mcp" },
        { name: "spy", image: `evil.example.com/x@${digest}` },
      ],
    },
    tiers: { internal: { image: { registries: ["ghcr.io/stackloklabs"] } } },
    says: [
      `spec.podTemplateSpec.spec.containers[1].image: "evil.example.com/x@${digest}`.slice(0, 127) +
        "… is not from where tier internal takes images; write one of ghcr.io/stackloklabs",
    ],
  },
  {
    rule: "MCP003",
    what: "an init container of a workload beside ToolHive",
    object: deployment,
    changes: { "spec.template.spec.initContainers": [{ name: "init", image: "busybox" }] },
    tiers: strict,
    says: [
      'spec.template.spec.initContainers[0].image: "busybox" names no digest, and tier internal demands one: a tag can be moved; write …@sha256:…',
      'spec.template.spec.initContainers[0].image: "busybox" is not from where tier internal takes images; write one of ghcr.io/stackloklabs',
      'spec.template.spec.containers[0].image: "ghcr.io/acme/tool:1" names no digest, and tier internal demands one: a tag can be moved; write …@sha256:…',
      'spec.template.spec.containers[0].image: "ghcr.io/acme/tool:1" is not from where tier internal takes images; write one of ghcr.io/stackloklabs',
    ],
  },
  {
    rule: "MCP003",
    what: "what is no image",
    object: right("server"),
    changes: { "spec.image": "Not An Image" },
    says: ['spec.image: "Not An Image" is no image reference; write registry/path@sha256:digest'],
  },
  {
    rule: "MCP003",
    what: "a digest from where the tier takes images",
    object: right("server"),
    changes: { "spec.image": `ghcr.io/stackloklabs/osv-mcp/server@${digest}` },
    tiers: strict,
    says: [],
  },
  { rule: "MCP003", what: "a tag where the tier demands none", object: right("server"), says: [] },
  { rule: "MCP003", what: "a workload of no tier", object: elsewhere, tiers: strict, says: [] },
  {
    rule: "MCP003",
    what: "a tag in a tier that demands digests unless it is told",
    object: right("server"),
    changes: { "metadata.namespace": "mcp-restricted" },
    says: [
      'spec.image: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2" names no digest, and tier restricted demands one: a tag can be moved; write …@sha256:…',
    ],
  },
]);

table("rules over ports", [
  {
    rule: "MCP007",
    what: "a port that ToolHive opens on every node",
    object: right("server"),
    changes: { "spec.mcpPort": 30000 },
    says: [
      "spec.mcpPort: 30000 lies in the NodePort range, which ToolHive would open on every node; write a port outside 30000-32767",
    ],
  },
  {
    rule: "MCP007",
    what: "the port below",
    object: right("server"),
    changes: { "spec.mcpPort": 29999 },
    says: [],
  },
  ...["NodePort", "LoadBalancer"].flatMap((type) => [
    {
      rule: "MCP007",
      what: `a Service of type ${type}`,
      object: service,
      changes: { "spec.type": type },
      says: [
        `spec.type: "${type}" is not ClusterIP: a tool is reached inside the cluster, through its proxy; write ClusterIP`,
      ],
    },
    {
      rule: "MCP007",
      what: `a gateway of type ${type}`,
      object: gateway,
      changes: { "spec.serviceType": type },
      says: [
        `spec.serviceType: "${type}" is not ClusterIP: a tool is reached inside the cluster, through its proxy; write ClusterIP`,
      ],
    },
  ]),
  {
    rule: "MCP007",
    what: "a Service on addresses of nodes",
    object: service,
    changes: { "spec.externalIPs": ["192.0.2.1"] },
    says: [
      "spec.externalIPs: opens the Service outside: a tool is reached inside the cluster, through its proxy; remove it",
    ],
  },
  { rule: "MCP007", what: "an alias of an entry", object: service, says: [] },
  { rule: "MCP007", what: "a gateway inside the cluster", object: gateway, says: [] },
  {
    rule: "MCP007",
    what: "a Service of no tier",
    object: service,
    changes: { "spec.type": "LoadBalancer", "metadata.namespace": "ingress" },
    says: [],
  },
]);

table("rules over volumes", [
  {
    rule: "MCP008",
    what: "spec.volumes, which ToolHive mounts from the node",
    object: right("server"),
    changes: { "spec.volumes": [{ name: "d", hostPath: "/etc", mountPath: "/d" }] },
    says: [
      "spec.volumes[0].hostPath: is the node's own disk; take a claim, ConfigMap, Secret or emptyDir",
    ],
  },
  {
    rule: "MCP008",
    what: "hostPath laid over the pod",
    object: right("server"),
    changes: {
      [`${pod}.volumes`]: [
        { name: "a", emptyDir: {} },
        { name: "b", hostPath: { path: "/" } },
      ],
    },
    says: [
      "spec.podTemplateSpec.spec.volumes[1].hostPath: is the node's own disk; take a claim, ConfigMap, Secret or emptyDir",
    ],
  },
  {
    rule: "MCP008",
    what: "hostPath of a workload beside ToolHive",
    object: deployment,
    changes: { "spec.template.spec.volumes": [{ name: "b", hostPath: { path: "/" } }] },
    says: [
      "spec.template.spec.volumes[0].hostPath: is the node's own disk; take a claim, ConfigMap, Secret or emptyDir",
    ],
  },
  {
    rule: "MCP008",
    what: "hostPath of a workload of no tier",
    object: elsewhere,
    changes: { "spec.template.spec.volumes": [{ name: "b", hostPath: { path: "/" } }] },
    says: [],
  },
  { rule: "MCP008", what: "an empty folder", object: right("server"), says: [] },
]);
