import { right } from "./right";
import { table } from "./table";
import { elsewhere, strict } from "./workloads";

const pod = "spec.podTemplateSpec.spec";
const noRoot = "leave it out: ToolHive and Pod Security then take the strict one";
const own = `${pod}.securityContext`;
const container = (securityContext: object, more: object = {}) => ({
  [`${pod}.containers`]: [{ name: "mcp", securityContext, ...more }],
});
const place = "spec.podTemplateSpec.spec.containers[0]";

table("rules over security contexts", [
  ...(
    [
      ["privileged", { privileged: true }, "true gives the container the node"],
      [
        "allowPrivilegeEscalation",
        { allowPrivilegeEscalation: true },
        "true lets a process gain rights",
      ],
      ["runAsNonRoot", { runAsNonRoot: false }, "false lets the server be root"],
      ["runAsUser", { runAsUser: 0 }, "0 makes the server root"],
      ["procMount", { procMount: "Unmasked" }, '"Unmasked" shows the kernel\'s own files'],
      [
        "seccompProfile.type",
        { seccompProfile: { type: "Unconfined" } },
        '"Unconfined" allows every system call',
      ],
      [
        "appArmorProfile.type",
        { appArmorProfile: { type: "Unconfined" } },
        '"Unconfined" lifts AppArmor',
      ],
      [
        "windowsOptions.hostProcess",
        { windowsOptions: { hostProcess: true } },
        "true gives the container the node",
      ],
      ["capabilities.add", { capabilities: { add: ["NET_RAW"] } }, '["NET_RAW"] adds capabilities'],
    ] as const
  ).map(([field, context, what]) => ({
    rule: "MCP009",
    what: field,
    object: right("server"),
    changes: container(context),
    says: [`${place}.securityContext.${field}: ${what}; ${noRoot}`],
  })),
  {
    rule: "MCP009",
    what: "a pod that is root",
    object: right("server"),
    changes: { [`${own}.runAsUser`]: 0 },
    says: [
      `spec.podTemplateSpec.spec.securityContext.runAsUser: 0 makes the server root; ${noRoot}`,
    ],
  },
  ...["hostNetwork", "hostPID", "hostIPC"].map((field) => ({
    rule: "MCP009",
    what: field,
    object: right("server"),
    changes: { [`${pod}.${field}`]: true },
    says: [`spec.podTemplateSpec.spec.${field}: shares the node's own; ${noRoot}`],
  })),
  {
    rule: "MCP009",
    what: "a port of the node",
    object: right("server"),
    changes: container(
      {},
      { ports: [{ containerPort: 80 }, { containerPort: 8080, hostPort: 80 }] },
    ),
    says: [`${place}.ports[1].hostPort: 80 is opened on the node; write containerPort alone`],
  },
  {
    rule: "MCP009",
    what: "a writable root where the tier has it read-only",
    object: right("server"),
    changes: container({ readOnlyRootFilesystem: false }),
    says: [
      `${place}.securityContext.readOnlyRootFilesystem: false makes the root writable, which tier internal does not allow; write the folders under writable in the entry`,
    ],
  },
  {
    rule: "MCP009",
    what: "a writable root where the tier allows it",
    object: right("server"),
    changes: container({ readOnlyRootFilesystem: false }),
    tiers: { internal: { readOnlyRoot: false } },
    says: [],
  },
  {
    rule: "MCP009",
    what: "a privileged init container of a CronJob",
    object: {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "job", namespace: "mcp-internal" },
      spec: {
        jobTemplate: {
          spec: {
            template: {
              spec: {
                initContainers: [{ name: "a", securityContext: { ...strict, privileged: true } }],
              },
            },
          },
        },
      },
    },
    says: [
      `spec.jobTemplate.spec.template.spec.initContainers[0].securityContext.privileged: true gives the container the node; ${noRoot}`,
    ],
  },
  {
    rule: "MCP009",
    what: "a privileged workload of no tier",
    object: elsewhere,
    changes: { "spec.template.spec.hostNetwork": true },
    says: [],
  },
  { rule: "MCP009", what: "what mcp-fleet lays over a server", object: right("server"), says: [] },
]);
