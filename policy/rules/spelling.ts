import { show } from "../../catalog";
import type { Path } from "../../catalog";
import { at, fields, items } from "../plain-data";
import type { ObjectRule, Violation } from "../rule";
import { isToolhive } from "../stack-object";

/** Every key of a pod that a rule looks at. */
const looked = [
  ...["metadata", "annotations", "labels", "spec", "name", "value"],
  ...["containers", "initContainers", "ephemeralContainers", "image", "command", "args", "env"],
  ...["volumes", "hostPath", "reference", "projected", "sources", "serviceAccountToken"],
  ...["ports", "hostPort", "hostNetwork", "hostPID", "hostIPC"],
  ...["serviceAccountName", "serviceAccount", "automountServiceAccountToken"],
  ...["securityContext", "privileged", "allowPrivilegeEscalation", "readOnlyRootFilesystem"],
  ...["runAsNonRoot", "runAsUser", "procMount", "capabilities", "add", "drop", "type"],
  ...["seccompProfile", "appArmorProfile", "windowsOptions", "hostProcess"],
];
const spelled = new Map(looked.map((key) => [folded(key), key]));

// Their keys are the user's own.
const free = ["annotations", "labels", "matchLabels", "nodeSelector", "limits", "requests"];

/** MCP019: ToolHive reads what is laid over its pods in any case, and every other rule in one. */
export const spelling: ObjectRule = {
  id: "MCP019",
  title: "What is laid over pods is spelled as Kubernetes spells it",
  severity: "high",
  enforcement: "mandatory",
  check: (object) => {
    const path = ["spec", "podTemplateSpec"];
    return isToolhive(object) ? misspelled(at(object.content, ...path), path) : [];
  },
};

function misspelled(value: unknown, path: Path): readonly Violation[] {
  if (Array.isArray(value))
    return items(value).flatMap((item, i) => misspelled(item, [...path, i]));
  return fields(value).flatMap(([key, inner]) => {
    const right = spelled.get(folded(key));
    const own: Path = [...path, key];
    if (right !== undefined && right !== key)
      return [
        {
          path: own,
          message: `is taken by ToolHive for ${right}, and by no other rule; write ${show(right)}`,
        },
      ];
    return free.includes(key) ? [] : misspelled(inner, own);
  });
}

/** As encoding/json compares keys: without case, and some letters outside ASCII as their likes. */
function folded(key: string): string {
  return key.toUpperCase().toLowerCase();
}
