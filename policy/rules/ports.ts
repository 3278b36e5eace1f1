import { nodePorts, show } from "../../catalog";
import { at, isEmpty } from "../plain-data";
import type { ObjectRule, Violation } from "../rule";
import { isToolhive, tierOf } from "../stack-object";

const reached = "a tool is reached inside the cluster, through its proxy";

/** MCP007: nothing of a tier can be reached from outside the cluster. */
export const ports: ObjectRule = {
  id: "MCP007",
  title: "No port is opened on nodes or outside the cluster",
  severity: "high",
  enforcement: "mandatory",
  check: (object, { tiers }) => {
    const { group, kind, content } = object;
    if (isToolhive(object, "MCPServer")) {
      const port = at(content, "spec", "mcpPort");
      return typeof port === "number" && port >= nodePorts.from && port <= nodePorts.to
        ? [
            {
              path: ["spec", "mcpPort"],
              message: `${port} lies in the NodePort range, which ToolHive would open on every node; write a port outside ${nodePorts.from}-${nodePorts.to}`,
            },
          ]
        : [];
    }
    if (isToolhive(object, "VirtualMCPServer"))
      return wrongType(at(content, "spec", "serviceType"), "serviceType");
    if (group !== "" || kind !== "Service" || !tierOf(object, tiers)) return [];
    return [
      ...wrongType(at(content, "spec", "type"), "type"),
      ...(isEmpty(at(content, "spec", "externalIPs"))
        ? []
        : [
            {
              path: ["spec", "externalIPs"],
              message: `opens the Service outside: ${reached}; remove it`,
            },
          ]),
    ];
  },
};

function wrongType(type: unknown, field: string): readonly Violation[] {
  return type === undefined || type === "ClusterIP"
    ? []
    : [
        {
          path: ["spec", field],
          message: `${show(type)} is not ClusterIP: ${reached}; write ClusterIP`,
        },
      ];
}
