import { at } from "../plain-data";
import type { ObjectRule } from "../rule";
import { isToolhive } from "../stack-object";

/** MCP017: clients will cease to speak it. */
export const sse: ObjectRule = {
  id: "MCP017",
  title: "Transport sse is deprecated",
  severity: "low",
  enforcement: "advisory",
  check: (object) =>
    isToolhive(object, "MCPServer", "MCPRemoteProxy", "MCPServerEntry")
      ? ["transport", "proxyMode"]
          .filter((field) => at(object.content, "spec", field) === "sse")
          .map((field) => ({
            path: ["spec", field],
            message:
              "sse is deprecated by MCP; take streamable-http when the server or the vendor offers it",
          }))
      : [],
};
