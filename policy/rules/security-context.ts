import { show } from "../../catalog";
import type { Tier } from "../../catalog";
import { at, isEmpty } from "../plain-data";
import type { ObjectRule, Violation } from "../rule";
import { isToolhive, tierOf } from "../stack-object";
import { containers, listed, podSpec } from "./pods";
import type { Located } from "./pods";
import { lacking } from "./strict-context";

const leaveOut = "leave it out: ToolHive and Pod Security then take the strict one";

/** MCP009: nothing of what ToolHive and Pod Security take from a server's processes is given back. */
export const securityContext: ObjectRule = {
  id: "MCP009",
  title: "No pod has more rights than a server needs",
  severity: "critical",
  enforcement: "mandatory",
  check: (object, { tiers }) => {
    const tier = tierOf(object, tiers);
    const pod = isToolhive(object) || tier ? podSpec(object) : undefined;
    if (!pod) return [];
    return [
      ...["hostNetwork", "hostPID", "hostIPC"].flatMap((field) =>
        at(pod.value, field) === true
          ? [{ path: [...pod.path, field], message: `shares the node's own; ${leaveOut}` }]
          : [],
      ),
      ...contextViolations(pod, undefined),
      ...containers(pod).flatMap((container) => [
        ...contextViolations(container, tier),
        ...(tier ? lacking(container, pod, object, tier) : []),
        ...hostPorts(container),
      ]),
    ];
  },
};

/** A field of a security context, and the value of it that gives a right away. */
interface Weakening {
  readonly field: readonly string[];
  readonly value: unknown;
  readonly what: string;
}

const weakenings: readonly Weakening[] = [
  { field: ["privileged"], value: true, what: "gives the container the node" },
  { field: ["allowPrivilegeEscalation"], value: true, what: "lets a process gain rights" },
  { field: ["runAsNonRoot"], value: false, what: "lets the server be root" },
  { field: ["runAsUser"], value: 0, what: "makes the server root" },
  { field: ["procMount"], value: "Unmasked", what: "shows the kernel's own files" },
  { field: ["seccompProfile", "type"], value: "Unconfined", what: "allows every system call" },
  { field: ["appArmorProfile", "type"], value: "Unconfined", what: "lifts AppArmor" },
  { field: ["windowsOptions", "hostProcess"], value: true, what: "gives the container the node" },
];

function contextViolations({ path, value }: Located, tier: Tier | undefined): readonly Violation[] {
  const context = at(value, "securityContext");
  const place = [...path, "securityContext"];
  const added = at(context, "capabilities", "add");
  const rootWritable =
    tier?.readOnlyRoot === true && at(context, "readOnlyRootFilesystem") === false;
  return [
    ...weakenings.flatMap((weakening) =>
      at(context, ...weakening.field) === weakening.value
        ? [
            {
              path: [...place, ...weakening.field],
              message: `${show(weakening.value)} ${weakening.what}; ${leaveOut}`,
            },
          ]
        : [],
    ),
    ...(isEmpty(added)
      ? []
      : [
          {
            path: [...place, "capabilities", "add"],
            message: `${show(added)} adds capabilities; ${leaveOut}`,
          },
        ]),
    ...(rootWritable
      ? [
          {
            path: [...place, "readOnlyRootFilesystem"],
            message: `false makes the root writable, which tier ${tier.sensitivity} does not allow; write the folders under writable in the entry`,
          },
        ]
      : []),
  ];
}

function hostPorts({ path, value }: Located): readonly Violation[] {
  return listed(value, [...path, "ports"], "ports").flatMap((port) => {
    const number = at(port.value, "hostPort");
    return typeof number === "number" && number > 0
      ? [
          {
            path: [...port.path, "hostPort"],
            message: `${number} is opened on the node; write containerPort alone`,
          },
        ]
      : [];
  });
}
