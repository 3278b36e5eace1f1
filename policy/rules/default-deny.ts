import { at, isEmpty, items } from "../plain-data";
import type { StackFindings, StackRule } from "../rule";
import { isTierNamespace } from "../stack-object";
import type { StackObject } from "../stack-object";

const directions = ["Ingress", "Egress"];

/** MCP014: without this policy whatever no other one names is open. */
export const defaultDeny: StackRule = {
  id: "MCP014",
  title: "All traffic of a tier is denied by default",
  severity: "critical",
  enforcement: "mandatory",
  checkStack: (objects, { tiers }) => {
    // A patch makes neither a namespace nor a policy; the stack that makes them is looked at.
    const whole = objects.filter(({ partial }) => !partial);
    const namespaces = whole.filter(({ group, kind }) => group === "" && kind === "Namespace");
    const policies = whole.filter(
      ({ group, kind }) => group === "networking.k8s.io" && kind === "NetworkPolicy",
    );
    const found = namespaces
      .filter((namespace) => isTierNamespace(namespace, tiers))
      .map((namespace) => inNamespace(namespace, policies));
    return {
      violations: found.flatMap(({ violations }) => violations),
      unsure: [
        ...namespaces.filter(({ name, known }) => name === "" && !known),
        ...found.flatMap(({ unsure }) => unsure),
      ],
    };
  },
};

function inNamespace(namespace: StackObject, policies: readonly StackObject[]): StackFindings {
  const own = policies.filter((policy) => policy.namespace === namespace.name);
  const denied = own.filter(({ known }) => known).flatMap(deniedBy);
  const open = directions.filter((direction) => !denied.includes(direction));
  // A policy that is not known yet, or not known where, may be the one; the deployment will tell.
  const maybe = policies.filter(
    ({ known, namespace: where = namespace.name }) => !known && where === namespace.name,
  );
  if (open.length === 0) return { violations: [], unsure: [] };
  if (maybe.length > 0) return { violations: [], unsure: maybe };
  const message = `no NetworkPolicy of this stack denies ${open.join(" and ")} to all pods of ${namespace.name}; make the namespace by SensitivityTier, or add one with podSelector: {} and policyTypes: [Ingress, Egress]`;
  return {
    violations: [{ object: namespace, path: ["metadata", "name"], message }],
    unsure: [],
  };
}

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
