import { changed, right } from "../../policy/right";
import type { Plain } from "../../policy/right";
import type { RawObject } from "./raw-program";

const server = right("server");
const namespace = right("namespace");
const denied = (name: string): Plain =>
  changed(right("default-deny"), { "metadata.namespace": name });

/** A component that is not ours; the configuration of MCP001 may name it. */
export const otherComponent = "acme:index:Tools";

/** What breaks each mandatory rule, by the rule's id; the stack has `auth: true` for tier internal. */
export const violations: Readonly<Record<string, Omit<RawObject, "name">>> = {
  MCP001: { manifest: server },
  MCP002: {
    manifest: changed(server, { 'metadata.labels."mcp-fleet.dev/owner"': undefined }),
    component: otherComponent,
  },
  MCP003: { manifest: changed(server, { "metadata.namespace": "mcp-restricted" }) },
  MCP004: { manifest: changed(right("tools"), { "spec.toolsFilter": [] }) },
  MCP005: { manifest: changed(server, { "spec.oidcConfigRef": undefined }) },
  MCP007: { manifest: changed(right("alias.vulnerabilities"), { "spec.type": "NodePort" }) },
  MCP008: {
    manifest: changed(server, {
      "spec.volumes": [{ name: "d", hostPath: "/etc", mountPath: "/d" }],
    }),
  },
  MCP009: {
    manifest: changed(server, {
      "spec.podTemplateSpec.spec.containers": [
        { name: "mcp", securityContext: { privileged: true } },
      ],
    }),
  },
  MCP010: { manifest: changed(server, { "spec.env": [{ name: "API_KEY", value: "hunter2" }] }) },
  MCP011: {
    manifest: changed(server, { "spec.podTemplateSpec.metadata.annotations": { a: "quiet word" } }),
    secret: ["spec", "podTemplateSpec", "metadata", "annotations", "a"],
  },
  MCP013: {
    manifest: changed(namespace, {
      "metadata.name": "mcp-public",
      'metadata.labels."pod-security.kubernetes.io/enforce"': undefined,
    }),
  },
  MCP014: { manifest: namespace },
  MCP015: { manifest: changed(right("backend-policy"), { "spec.egress": [{}] }) },
  MCP016: {
    manifest: changed(right("service-account"), { automountServiceAccountToken: true }),
  },
  MCP018: { manifest: changed(server, { "metadata.name": "mcpserver" }) },
  MCP019: {
    manifest: changed(server, { "spec.podTemplateSpec.spec.HostNetwork": true }),
  },
};

/** What breaks each rule that only advises where nothing else is said. */
export const advised: Readonly<Record<string, Omit<RawObject, "name">>> = {
  MCP006: {
    manifest: changed(server, { "spec.oidcConfigRef": undefined }),
    component: otherComponent,
  },
  MCP012: {
    manifest: {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "token", namespace: "mcp-internal" },
      stringData: { token: "hunter2" },
    },
  },
  MCP017: { manifest: changed(server, { "spec.transport": "sse" }), component: otherComponent },
};

/** What is right beside the violations, so that each namespace breaks one rule alone. */
export const besides: readonly RawObject[] = [
  { name: "public-deny", manifest: denied("mcp-public") },
];

/** What mcp-fleet itself makes, made by others. */
export const rightObjects: readonly RawObject[] = [
  { name: "namespace", manifest: namespace },
  ...["default-deny", "proxies", "backends", "service-account", "tools", "backend-policy"].map(
    (role) => ({ name: role, manifest: right(role) }),
  ),
  { name: "server", manifest: server, component: otherComponent },
];
