import { fleetOf, inventory, objectsOf, second } from "./fleet";
import { merged } from "./person";
import type { Sent } from "./person";

/** Tells of samples that they are none of the fleet's own. */
const name = "sample";

/** The two fleets. */
export const [own, other] = [fleetOf(inventory), fleetOf(second)];

const named = (object: Sent | undefined): Sent => {
  if (!object) throw new Error("nothing is rendered");
  return merged(object, { metadata: { name } });
};

/** Right objects that the catalogue makes; tests change one thing of them. */
export const server = named(objectsOf(own, "osv").at(-1));
export const strictServer = named(objectsOf(own, "grafana").at(-1));
export const remote = named(objectsOf(own, "tickets").at(-1));
export const authServer = named(objectsOf(other, "weather").at(-1));
export const tools = named(objectsOf(own, "osv").find(({ kind }) => kind === "MCPToolConfig"));

/** Objects of the fleet itself, which are there. */
export const osv = merged(server, { metadata: { name: "osv" } });
export const osvTools = merged(tools, { metadata: { name: "osv" } });
export const defaultDeny: Sent = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "default-deny", namespace: "mcp-internal" },
};

/** Metadata of something in the tier of internal entries, with the labels of its entry. */
export const metadata: Sent["metadata"] = { ...server.metadata, annotations: {} };

/** Metadata of the same, in the tier of confidential entries. */
const strictMetadata: Sent["metadata"] = { ...strictServer.metadata, annotations: {} };

const toolhive = "toolhive.stacklok.dev/v1beta1";

/** A gateway; it is not in the catalogue yet. */
export const gateway: Sent = {
  apiVersion: toolhive,
  kind: "VirtualMCPServer",
  metadata,
  spec: { groupRef: { name }, incomingAuth: { type: "anonymous" } },
};

/** A gateway where authentication is demanded. */
export const authGateway: Sent = {
  ...gateway,
  metadata: authServer.metadata,
  spec: {
    groupRef: { name },
    incomingAuth: { type: "oidc", oidcConfigRef: { name: "oidc", audience: "weather" } },
  },
};

export const group: Sent = { apiVersion: toolhive, kind: "MCPGroup", metadata, spec: {} };
export const oidcConfig: Sent = {
  apiVersion: toolhive,
  kind: "MCPOIDCConfig",
  metadata,
  spec: { type: "inline", inline: { issuer: "https://evil.example.com" } },
};
export const networkPolicy: Sent = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata,
  spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] },
};

export const digest = `sha256:${"cd".repeat(32)}`;

/** A container that Pod Security lets pass at its strictest. */
export const container = (image: string, own = "main", more: object = {}): object => ({
  name: own,
  image,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  ...more,
});

const podSpec = (image: string): object => ({
  serviceAccountName: "mcp-server",
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [container(image)],
});

export const image = "ghcr.io/stackloklabs/osv-mcp/server";
export const strictImage = `docker.io/grafana/mcp-grafana:2.0.0@${digest}`;

/** A pod that might be a backend's, and one where digests are demanded. */
export const pod: Sent = { apiVersion: "v1", kind: "Pod", metadata, spec: podSpec(image) };
export const strictPod: Sent = { ...pod, metadata: strictMetadata, spec: podSpec(strictImage) };

/** A pod in a tier whose Pod Security lets anything pass. */
export const unguardedPod = merged(pod, {
  metadata: { namespace: "second-public", labels: { "mcp-fleet.dev/sensitivity": "public" } },
});

export const service: Sent = {
  apiVersion: "v1",
  kind: "Service",
  metadata,
  spec: { selector: { app: name }, ports: [{ port: 8080 }] },
};

const template = {
  metadata: { labels: { ...(metadata.labels as object), app: name } },
  spec: podSpec(image),
};
const ofPods = (kind: string, spec: object = {}): Sent => ({
  apiVersion: "apps/v1",
  kind,
  metadata,
  spec: { selector: { matchLabels: { app: name } }, template, ...spec },
});
const job = { template: merged(template, { spec: { restartPolicy: "Never" } }) };

/** Kinds that make pods, and where each has what its pods are annotated with. */
export const workloads: readonly (readonly [Sent, (annotations: object) => object])[] = [
  ...["Deployment", "ReplicaSet", "DaemonSet"].map((kind) => ofPods(kind)),
  ofPods("StatefulSet", { serviceName: name }),
  { apiVersion: "batch/v1", kind: "Job", metadata, spec: job },
].map((object) => [
  object,
  (annotations: object) => ({ spec: { template: { metadata: { annotations } } } }),
]);

export const cronJob: Sent = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata,
  spec: { schedule: "0 0 1 1 *", jobTemplate: { spec: job } },
};

/** What a StatefulSet keeps of an older template. */
export const revision: Sent = {
  apiVersion: "apps/v1",
  kind: "ControllerRevision",
  metadata,
  revision: 1,
  data: { spec: { template } },
};

/** All that must pass as it is: a row below differs from one of these in one thing. */
export const right: readonly Sent[] = [
  ...[server, strictServer, remote, tools, gateway, group, oidcConfig, networkPolicy],
  ...[
    pod,
    strictPod,
    unguardedPod,
    service,
    ...workloads.map(([object]) => object),
    cronJob,
    revision,
  ],
];
