import { merged } from "./person";
import type { Sent } from "./person";
import { made } from "./row";
import type { Row } from "./row";
import * as samples from "./samples";

const { authGateway, authServer, gateway, pod, remote, server, service } = samples;

const prefix = "mcp-fleet.dev";
const spec = (base: Sent, change: object): Sent => merged(base, { spec: change });
const template = (base: Sent, change: object): Sent =>
  spec(base, { podTemplateSpec: { spec: change } });
const label = (base: Sent, key: string, value: string | null): Sent =>
  merged(base, { metadata: { labels: { [`${prefix}/${key}`]: value } } });

const labels =
  "Labels of the catalogue are missing (mcp-fleet.dev/entry, mcp-fleet.dev/owner, mcp-fleet.dev/category, mcp-fleet.dev/cost-class, and mcp-fleet.dev/sensitivity: internal): what runs here is made from a catalogue entry; write one.";

const labelRows: readonly Row[] = [
  ...["entry", "owner", "category", "cost-class", "sensitivity"].map((key) =>
    made(`no label ${key}`, label(server, key, null), labels),
  ),
  made("no labels at all", merged(server, { metadata: { labels: null } }), labels),
  made("the label of another sensitivity", label(server, "sensitivity", "public"), labels),
  ...[remote, gateway, pod].map((base) =>
    made(`no label owner on a ${base.kind}`, label(base, "owner", null), labels),
  ),
  made("a pod of another sensitivity", label(pod, "sensitivity", "public"), labels),
];

const noTools =
  "spec.toolConfigRef is missing: without it every tool is published; name an MCPToolConfig that lists them.";
const allTools = "spec.toolsFilter is empty, which publishes every tool; list those to publish.";
const auth = (field: string, end: string): string =>
  `spec.${field}: tier internal demands authentication${end}`;

const callRows: readonly Row[] = [
  ...[server, remote].map((base) =>
    made(`no toolConfigRef on a ${base.kind}`, spec(base, { toolConfigRef: null }), noTools),
  ),
  made("an empty toolsFilter", spec(samples.tools, { toolsFilter: [] }), allTools),
  made("no toolsFilter", spec(samples.tools, { toolsFilter: null }), allTools),
  made(
    "no oidcConfigRef where authentication is demanded",
    spec(authServer, { oidcConfigRef: null }),
    auth("oidcConfigRef is missing", "; write auth in the entry."),
  ),
  made(
    "a gateway that takes anybody where authentication is demanded",
    spec(authGateway, { incomingAuth: { type: "anonymous" } }),
    auth("incomingAuth is not of type oidc with an oidcConfigRef", "."),
  ),
];

const hostPath = { name: "v", hostPath: { path: "/" } };
const podPath =
  "A volume is of kind hostPath, the node's own disk; take a claim, ConfigMap or Secret.";
const path =
  "spec.volumes are hostPath, the node's own disk; write volumes in the entry (claim, configMap, secret, emptyDir).";
const clusterIp =
  "A Service here is of type ClusterIP, without external addresses; a tool is reached through its proxy.";
const nodePort =
  "spec.mcpPort lies in 30000-32767, which ToolHive opens on every node; take another port.";

const placeRows: readonly Row[] = [
  made(
    "a volume, which ToolHive makes of the node's disk",
    spec(server, { volumes: [{ name: "v", hostPath: "/", mountPath: "/h" }] }),
    path,
  ),
  ...[server, remote, gateway].map((base) =>
    made(
      `hostPath in podTemplateSpec of ${base.kind}`,
      template(base, { volumes: [hostPath] }),
      path,
    ),
  ),
  made("a Service of type NodePort", spec(service, { type: "NodePort" }), clusterIp),
  made("a Service of type LoadBalancer", spec(service, { type: "LoadBalancer" }), clusterIp),
  made(
    "a Service that is another name",
    spec(service, { type: "ExternalName", externalName: "evil.example.com" }),
    clusterIp,
  ),
  made(
    "a Service with an external address",
    spec(service, { externalIPs: ["192.0.2.1"] }),
    clusterIp,
  ),
  made(
    "a gateway's NodePort",
    spec(gateway, { serviceType: "NodePort" }),
    "spec.serviceType is not ClusterIP, which alone is open here; leave it out.",
  ),
  ...[30000, 32767].map((mcpPort) =>
    made(`mcpPort ${mcpPort}`, spec(server, { mcpPort }), nodePort),
  ),
];

/** A pod with a volume of the node's disk, where Pod Security would let it pass. */
const hostPathRow: Row = made(
  "hostPath of a pod",
  spec(samples.unguardedPod, { volumes: [hostPath] }),
  podPath,
);

const account =
  "spec.serviceAccount is not the tier's, mcp-server, without its token mounted; leave it to the catalogue.";
const ofItsOwn =
  "A ServiceAccount is named; leave it out, so that ToolHive makes one for it alone.";
const podAccount =
  "The pod's ServiceAccount is foreign: servers run as mcp-server without a token, proxies as their own.";
const token = {
  name: "v",
  projected: { sources: [{ serviceAccountToken: { path: "token" } }] },
};

const accountRows: readonly Row[] = [
  made("a foreign ServiceAccount", spec(server, { serviceAccount: "osv-proxy-runner" }), account),
  made("no ServiceAccount", spec(server, { serviceAccount: null }), account),
  ...["serviceAccountName", "serviceAccount"].map((key) =>
    made(
      `another ${key} in podTemplateSpec`,
      template(server, { [key]: "osv-proxy-runner" }),
      account,
    ),
  ),
  made("the token mounted", template(server, { automountServiceAccountToken: true }), account),
  made(
    "the token left to be mounted",
    template(server, { automountServiceAccountToken: null }),
    account,
  ),
  ...[remote, gateway].flatMap((base) => [
    made(
      `a ServiceAccount of a ${base.kind}`,
      spec(base, { serviceAccount: "mcp-server" }),
      ofItsOwn,
    ),
    made(
      `one in podTemplateSpec of a ${base.kind}`,
      template(base, { serviceAccountName: "mcp-server" }),
      ofItsOwn,
    ),
  ]),
  made("a pod's foreign ServiceAccount", spec(pod, { serviceAccountName: "default" }), podAccount),
  made(
    "a proxy's ServiceAccount on a pod of another",
    spec(pod, { serviceAccountName: "osv-proxy-runner" }),
    podAccount,
  ),
  made("a pod's token mounted", spec(pod, { automountServiceAccountToken: true }), podAccount),
  made(
    "a pod's token left to be mounted",
    spec(pod, { automountServiceAccountToken: null }),
    podAccount,
  ),
  made("a pod's token by a volume of its own", spec(pod, { volumes: [token] }), podAccount),
];

/** Rows over what is no image: labels, tools, authentication, places, accounts. */
export const objectRows: readonly Row[] = [
  ...[...labelRows, ...callRows, ...placeRows, hostPathRow, ...accountRows],
];
