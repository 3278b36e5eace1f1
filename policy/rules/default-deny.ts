import { at, isEmpty, items } from "../plain-data";
import type { StackRule } from "../rule";
import { isTierNamespace } from "../stack-object";
import type { StackObject } from "../stack-object";

const directions = ["Ingress", "Egress"];

/** MCP014: without this policy whatever no other one names is open. */
export const defaultDeny: StackRule = {
  id: "MCP014",
  title: "All traffic of a tier is denied by default",
  severity: "critical",
  enforcement: "mandatory",
  checkStack: (objects, { tiers }) =>
    objects
      .filter((object) => isTierNamespace(object, tiers))
      .flatMap((namespace) => {
        const policies = objects.filter(
          (object) =>
            object.group === "networking.k8s.io" &&
            object.kind === "NetworkPolicy" &&
            object.namespace === namespace.name,
        );
        const denied = policies.filter(({ known }) => known).flatMap(deniedBy);
        const open = directions.filter((direction) => !denied.includes(direction));
        // A policy that is not known yet may be the one; the deployment will tell.
        if (open.length === 0 || policies.some(({ known }) => !known)) return [];
        return [
          {
            object: namespace,
            path: ["metadata", "name"],
            message: `no NetworkPolicy of this stack denies ${open.join(" and ")} to all pods of ${namespace.name}; make the namespace by SensitivityTier, or add one with podSelector: {} and policyTypes: [Ingress, Egress]`,
          },
        ];
      }),
};

/** The directions in which a policy denies everything to every pod. */
function deniedBy({ content }: StackObject): readonly string[] {
  const spec = at(content, "spec");
  const selector = at(spec, "podSelector");
  const everyPod =
    isEmpty(at(selector, "matchLabels")) && isEmpty(at(selector, "matchExpressions"));
  if (!everyPod) return [];
  // What is absent is Ingress, and Egress where there are such rules (networking/v1, policyTypes).
  const types = items(at(spec, "policyTypes") ?? ["Ingress"]);
  return directions.filter(
    (direction) => types.includes(direction) && isEmpty(at(spec, direction.toLowerCase())),
  );
}
