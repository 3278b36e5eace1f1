import { at, isEmpty, text } from "../plain-data";
import type { ObjectRule } from "../rule";
import { isToolhive } from "../stack-object";

/** MCP004: ToolHive publishes every tool of a server that names no filter, or an empty one. */
export const tools: ObjectRule = {
  id: "MCP004",
  title: "Published tools are listed",
  severity: "high",
  enforcement: "mandatory",
  check: (object) => {
    const { content } = object;
    if (isToolhive(object, "MCPServer", "MCPRemoteProxy"))
      return (text(at(content, "spec", "toolConfigRef", "name")) ?? "") === ""
        ? [
            {
              path: ["spec", "toolConfigRef"],
              message:
                "is missing, which publishes every tool; name an MCPToolConfig that lists them",
              missing: at(content, "spec", "toolConfigRef") === undefined,
            },
          ]
        : [];
    return isToolhive(object, "MCPToolConfig") && isEmpty(at(content, "spec", "toolsFilter"))
      ? [
          {
            path: ["spec", "toolsFilter"],
            message: "is empty, which publishes every tool; list those to publish",
            missing: at(content, "spec", "toolsFilter") === undefined,
          },
        ]
      : [];
  },
};
