import { dnsLabel, maxRemoteName, maxServerName, reservedNames, show } from "../../catalog";
import type { ObjectRule } from "../rule";
import { isToolhive } from "../stack-object";

/** MCP018: ToolHive makes the names of Services and selectors of pods of it. */
export const names: ObjectRule = {
  id: "MCP018",
  title: "Names of servers leave room for what ToolHive makes of them",
  severity: "medium",
  enforcement: "mandatory",
  check: (object) => {
    const remote = isToolhive(object, "MCPRemoteProxy");
    if (!remote && !isToolhive(object, "MCPServer")) return [];
    const { name } = object;
    const longest = remote ? maxRemoteName : maxServerName;
    const path = ["metadata", "name"];
    if (reservedNames.includes(name))
      return [
        {
          path,
          message: `${show(name)} is taken: ToolHive labels every proxy so, and the server's Service would select them all; write another`,
        },
      ];
    return dnsLabel.test(name) && name.length <= longest
      ? []
      : [
          {
            path,
            message: `${show(name)} does not fit; write a DNS label of at most ${longest} characters`,
          },
        ];
  },
};
