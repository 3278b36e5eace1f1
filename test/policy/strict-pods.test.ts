import { show } from "../../catalog";
import { right } from "./right";
import type { Plain } from "./right";
import { table } from "./table";
import { strict, workload } from "./workloads";

const pod = "spec.podTemplateSpec.spec";
const place = "spec.template.spec";
const { runAsNonRoot, seccompProfile, ...ofContainer } = strict;
const plainPod: Plain = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "tool", namespace: "mcp-internal" },
  spec: {
    initContainers: [{ name: "init", securityContext: strict }],
    containers: [{ name: "tool" }],
    ephemeralContainers: [{ name: "debug" }],
  },
};
const all =
  "runAsNonRoot: true, seccompProfile.type: RuntimeDefault, allowPrivilegeEscalation: false, capabilities.drop: [ALL], readOnlyRootFilesystem: true";
const lacks = (what: string): string =>
  `lacks what tier internal demands of every container; write ${what}`;

table("rules over pods that say nothing of their rights", [
  {
    rule: "MCP009",
    what: "a Pod with containers of every sort",
    object: plainPod,
    says: [
      `spec.containers[0].securityContext: ${lacks(all)}`,
      `spec.ephemeralContainers[0].securityContext: ${lacks(all)}`,
    ],
  },
  {
    rule: "MCP009",
    what: "an init container that says nothing beside a container that does",
    object: workload({
      initContainers: [{ name: "init" }],
      containers: [{ name: "tool", securityContext: strict }],
    }),
    says: [`${place}.initContainers[0].securityContext: ${lacks(all)}`],
  },
  {
    rule: "MCP009",
    what: "capabilities of which some are dropped",
    object: workload({
      containers: [{ name: "a", securityContext: { ...strict, capabilities: { drop: ["KILL"] } } }],
    }),
    says: [`${place}.containers[0].securityContext: ${lacks("capabilities.drop: [ALL]")}`],
  },
  {
    rule: "MCP009",
    what: "what the pod says for its containers",
    object: workload({
      securityContext: { runAsNonRoot, seccompProfile },
      containers: [{ name: "tool", securityContext: ofContainer }],
    }),
    says: [],
  },
  {
    rule: "MCP009",
    what: "a container that takes back what the pod says",
    object: workload({
      securityContext: { runAsNonRoot, seccompProfile },
      containers: [{ name: "tool", securityContext: { ...ofContainer, runAsNonRoot: false } }],
    }),
    says: [
      `${place}.containers[0].securityContext.runAsNonRoot: false lets the server be root; leave it out: ToolHive and Pod Security then take the strict one`,
    ],
  },
  {
    rule: "MCP009",
    what: "a writable root alone where the tier's Pod Security is less",
    object: workload({ containers: [{ name: "tool" }] }),
    tiers: { internal: { podSecurity: "baseline" } },
    says: [`${place}.containers[0].securityContext: ${lacks("readOnlyRootFilesystem: true")}`],
  },
  {
    rule: "MCP009",
    what: "a workload where the tier demands neither",
    object: workload({ containers: [{ name: "tool" }] }),
    tiers: { internal: { podSecurity: "baseline", readOnlyRoot: false } },
    says: [],
  },
  {
    rule: "MCP009",
    what: "a sidecar and an init container beside a server, which ToolHive leaves as they are",
    object: right("server"),
    changes: {
      [`${pod}.containers`]: [{ name: "mcp" }, { name: "spy" }],
      [`${pod}.initContainers`]: [{ name: "init", securityContext: ofContainer }],
    },
    says: [
      `spec.podTemplateSpec.spec.containers[1].securityContext: ${lacks(
        "allowPrivilegeEscalation: false, capabilities.drop: [ALL], readOnlyRootFilesystem: true",
      )}`,
    ],
  },
  {
    rule: "MCP009",
    what: "ToolHive's own container of a proxy, which it makes strict",
    object: right("remote"),
    changes: { [`${pod}.containers`]: [{ name: "toolhive" }] },
    says: [],
  },
]);

const image = `docker.io/acme/data@sha256:${"0".repeat(64)}`;

table("rules over what a pod brings besides containers", [
  {
    rule: "MCP019",
    what: "keys in another case, and with letters that look alike",
    object: right("server"),
    changes: {
      "spec.podTemplateSpec.Spec": { containers: [] },
      [`${pod}.volumes`]: [{ name: "a", HostPath: { path: "/" } }],
      [`${pod}.containers`]: [{ name: "mcp", securityContext: { runAſUser: 0 } }],
      [`${pod}.automountServiceAccountTo\u212aen`]: true,
    },
    says: [
      'spec.podTemplateSpec.spec.containers[0].securityContext["runA\u017fUser"]: is taken by ToolHive for runAsUser, and by no other rule; write "runAsUser"',
      'spec.podTemplateSpec.spec.volumes[0].HostPath: is taken by ToolHive for hostPath, and by no other rule; write "hostPath"',
      'spec.podTemplateSpec.spec["automountServiceAccountTo\u212aen"]: is taken by ToolHive for automountServiceAccountToken, and by no other rule; write "automountServiceAccountToken"',
      'spec.podTemplateSpec.Spec: is taken by ToolHive for spec, and by no other rule; write "spec"',
    ],
  },
  {
    rule: "MCP019",
    what: "keys that are the user's own",
    object: right("server"),
    changes: {
      "spec.podTemplateSpec.metadata.labels.Type": "a",
      [`${pod}.nodeSelector.Image`]: "b",
    },
    says: [],
  },
  ...["server", "remote", "tools"].map((role) => ({
    rule: "MCP019",
    what: `the ${role} that mcp-fleet makes`,
    object: right(role),
    says: [],
  })),
  {
    rule: "MCP003",
    what: "an image as a volume, and one of an ephemeral container",
    object: workload({
      ephemeralContainers: [{ name: "debug", image: "busybox" }],
      volumes: [
        { name: "a", emptyDir: {} },
        { name: "b", image: { reference: image } },
      ],
    }),
    tiers: { internal: { image: { registries: ["ghcr.io"] } } },
    says: [
      `${place}.ephemeralContainers[0].image: "busybox" is not from where tier internal takes images; write one of ghcr.io`,
      `${place}.volumes[1].image.reference: ${show(image)} is not from where tier internal takes images; write one of ghcr.io`,
    ],
  },
  {
    rule: "MCP003",
    what: "a look-alike of a registry, and one in capitals",
    object: workload({
      containers: [
        { name: "a", image: "ghcr.io.evil.example.com/stackloklabs/a:1" },
        { name: "b", image: "GHCR.io/stackloklabs/a:1" },
        { name: "c", image: "ghcr.io/stackloklabs-evil/a:1" },
        { name: "d", image: "ghcr.io:443/stackloklabs/a:1" },
      ],
    }),
    tiers: { internal: { image: { registries: ["ghcr.io/stackloklabs"] } } },
    says: [
      "ghcr.io.evil.example.com/stackloklabs/a:1",
      "GHCR.io/stackloklabs/a:1",
      "ghcr.io/stackloklabs-evil/a:1",
      "ghcr.io:443/stackloklabs/a:1",
    ].map(
      (one, i) =>
        `${place}.containers[${i}].image: "${one}" is not from where tier internal takes images; write one of ghcr.io/stackloklabs`,
    ),
  },
  {
    rule: "MCP016",
    what: "another account by the name that the field once had",
    object: right("server"),
    changes: { [`${pod}.serviceAccount`]: "admin" },
    says: [
      'spec.podTemplateSpec.spec.serviceAccount: "admin" is not the ServiceAccount of tier internal; write mcp-server',
    ],
  },
  {
    rule: "MCP016",
    what: "another account of a proxy by the name that the field once had",
    object: right("remote"),
    changes: { [`${pod}.serviceAccount`]: "admin" },
    says: [
      'spec.podTemplateSpec.spec.serviceAccount: "admin" takes the place of the proxy\'s own; remove it',
    ],
  },
  {
    rule: "MCP016",
    what: "another account of a workload by the name that the field once had",
    object: workload({
      serviceAccountName: "mcp-server",
      serviceAccount: "admin",
      automountServiceAccountToken: false,
    }),
    says: [
      `${place}.serviceAccount: "admin" is not the ServiceAccount of tier internal; write mcp-server`,
    ],
  },
  {
    rule: "MCP010",
    what: "a known token in an annotation of a server",
    object: right("server"),
    changes: { "metadata.annotations.note": `ghp_${"wJ8r2kQx".repeat(4)}abcd` },
    says: [
      "metadata.annotations.note: holds what looks like a secret (GITHUB_TOKEN); write it under secrets, by reference",
    ],
  },
  {
    rule: "MCP005",
    what: "a gateway of type oidc that names no issuer",
    object: {
      apiVersion: "toolhive.stacklok.dev/v1beta1",
      kind: "VirtualMCPServer",
      metadata: { name: "all", namespace: "mcp-internal" },
      spec: { incomingAuth: { type: "oidc" } },
    },
    tiers: { internal: { auth: true } },
    says: [
      "spec.incomingAuth.oidcConfigRef: is missing: tier internal demands authentication; name an MCPOIDCConfig",
    ],
  },
]);
