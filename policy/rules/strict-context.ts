import type { Tier } from "../../catalog";
import { at, items } from "../plain-data";
import type { Violation } from "../rule";
import { isToolhive } from "../stack-object";
import type { StackObject } from "../stack-object";
import type { Located } from "./pods";

/**
 * The container of each kind that ToolHive makes, and makes strict where nothing else is laid over it
 * (v0.48, pkg/container/kubernetes/security.go). Others beside it get its pod's context alone.
 */
const ownContainers: Readonly<Record<string, string>> = {
  MCPServer: "mcp",
  MCPRemoteProxy: "toolhive",
  VirtualMCPServer: "vmcp",
  EmbeddingServer: "embedding",
  MCPRegistry: "registry-api",
};

const seccomp = ["seccompProfile", "type"];

/**
 * What a container does not say, and the tier demands; what it says wrongly others tell. The demands are
 * those of Pod Security's level restricted (KEP-2579), and the tier's own of the root.
 */
export function lacking(
  { path, value }: Located,
  pod: Located,
  object: StackObject,
  { sensitivity, podSecurity, readOnlyRoot }: Tier,
): readonly Violation[] {
  const ours = isToolhive(object);
  if (ours && at(value, "name") === ownContainers[object.kind]) return [];
  const context = at(value, "securityContext");
  const absent = (...field: readonly string[]): boolean => (at(context, ...field) ?? null) === null;
  const inherited = (...field: readonly string[]): boolean =>
    absent(...field) && !ours && (at(pod.value, "securityContext", ...field) ?? null) === null;
  const restricted = podSecurity.enforce === "restricted";
  const lacks = [
    ...(restricted && inherited("runAsNonRoot") ? ["runAsNonRoot: true"] : []),
    ...(restricted && inherited(...seccomp) ? ["seccompProfile.type: RuntimeDefault"] : []),
    ...(restricted && absent("allowPrivilegeEscalation")
      ? ["allowPrivilegeEscalation: false"]
      : []),
    ...(restricted && !items(at(context, "capabilities", "drop")).includes("ALL")
      ? ["capabilities.drop: [ALL]"]
      : []),
    ...(readOnlyRoot && absent("readOnlyRootFilesystem") ? ["readOnlyRootFilesystem: true"] : []),
  ];
  return lacks.length === 0
    ? []
    : [
        {
          path: [...path, "securityContext"],
          message: `lacks what tier ${sensitivity} demands of every container; write ${lacks.join(", ")}`,
          missing: true,
        },
      ];
}
