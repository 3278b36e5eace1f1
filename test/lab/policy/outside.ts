import { changed, right } from "../../policy/right";
import type { Plain } from "../../policy/right";
import type { RawObject } from "./raw-program";

const inTier = (name: string) => ({ name, namespace: "mcp-internal" });
const nodePort = changed(right("alias.vulnerabilities"), { "spec.type": "NodePort" });

const workload: Plain = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: inTier("tool"),
  spec: {
    selector: { matchLabels: { app: "tool" } },
    template: {
      metadata: { labels: { app: "tool" } },
      spec: {
        initContainers: [{ name: "init", image: "ghcr.io/acme/tool:1" }],
        containers: [{ name: "tool", image: "ghcr.io/acme/tool:1" }],
        volumes: [{ name: "disk", hostPath: { path: "/" } }],
      },
    },
  },
};

/** What is made beside our components, and the rules that each breaks, as `<level> <id> <resource>`. */
export const outside: readonly (RawObject & { readonly broken: readonly string[] })[] = [
  {
    name: "gateway",
    manifest: {
      apiVersion: "toolhive.stacklok.dev/v1beta1",
      kind: "VirtualMCPServer",
      metadata: inTier("all"),
      spec: { groupRef: { name: "all" }, incomingAuth: { type: "anonymous" } },
    },
    broken: ["advisory MCP006 gateway", "mandatory MCP001 gateway", "mandatory MCP002 gateway"],
  },
  { name: "remote", manifest: right("remote"), broken: ["mandatory MCP001 remote"] },
  {
    name: "workload",
    manifest: workload,
    broken: ["mandatory MCP008 workload", "mandatory MCP009 workload", "mandatory MCP016 workload"],
  },
  {
    name: "pod",
    manifest: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: inTier("pod"),
      spec: {
        serviceAccountName: "mcp-server",
        automountServiceAccountToken: false,
        containers: [{ name: "tool", image: "ghcr.io/acme/tool:1" }],
      },
    },
    broken: ["mandatory MCP009 pod"],
  },
  { name: "service", manifest: nodePort, broken: ["mandatory MCP007 service"] },
  {
    name: "shadow",
    manifest: changed(right("namespace"), {
      "metadata.name": "shadow",
      'metadata.labels."pod-security.kubernetes.io/enforce"': "privileged",
    }),
    broken: ["mandatory MCP013 shadow", "mandatory MCP014 shadow"],
  },
  {
    name: "policy",
    manifest: changed(right("backend-policy"), {
      "spec.ingress": [
        {
          from: [
            {
              namespaceSelector: {
                matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "Exists" }],
              },
            },
          ],
        },
      ],
    }),
    broken: ["mandatory MCP015 policy"],
  },
  {
    name: "patch",
    as: "patch",
    manifest: {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: inTier("default-deny"),
      spec: { egress: [{}] },
    },
    broken: ["mandatory MCP015 patch"],
  },
  {
    name: "text",
    as: "text",
    manifest: {
      apiVersion: "v1",
      kind: "List",
      items: [right("server"), changed(nodePort, { "metadata.name": "listed" })],
    },
    broken: ["mandatory MCP001 mcp-internal/osv", "mandatory MCP007 mcp-internal/listed"],
  },
];

/** What only the deployment knows, and would break a rule: the type of a Service, and what a policy denies. */
export const late: readonly RawObject[] = [
  { name: "service", manifest: nodePort, late: ["spec", "type"] },
  { name: "namespace", manifest: right("namespace") },
  { name: "policy", manifest: right("default-deny"), late: ["spec", "podSelector"] },
];
