import { at } from "../plain-data";
import type { ObjectRule } from "../rule";
import { isToolhive, tierOf } from "../stack-object";
import { listed, podSpec } from "./pods";

const instead = "the node's own disk; take a claim, ConfigMap, Secret or emptyDir";

/** MCP008: a server that sees the node's disk sees every other server's too. */
export const hostPath: ObjectRule = {
  id: "MCP008",
  title: "No volume is the node's own disk",
  severity: "critical",
  enforcement: "mandatory",
  check: (object, { tiers }) => {
    const pod = isToolhive(object) || tierOf(object, tiers) ? podSpec(object) : undefined;
    const own = isToolhive(object, "MCPServer")
      ? listed(at(object.content, "spec"), ["spec", "volumes"], "volumes")
      : [];
    const laid = pod ? listed(pod.value, [...pod.path, "volumes"], "volumes") : [];
    return [...own, ...laid].flatMap(({ path, value }) =>
      at(value, "hostPath") === undefined
        ? []
        : [{ path: [...path, "hostPath"], message: `is ${instead}` }],
    );
  },
};
