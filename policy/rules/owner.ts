import { items } from "../plain-data";
import type { ObjectRule } from "../rule";
import { entryComponents, isToolhive, served } from "../stack-object";

/** MCP001: a server beside the components has none of what they make with it. */
export const owner: ObjectRule = {
  id: "MCP001",
  title: "Servers are made by McpServer and McpRemote",
  severity: "high",
  enforcement: "mandatory",
  config: {
    owners: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Types of components besides McpServer and McpRemote that may make servers.",
    },
  },
  check: (object, { config }) => {
    if (!isToolhive(object, ...served)) return [];
    const allowed = [...entryComponents, ...items(config.owners)];
    if (object.owner !== undefined && allowed.includes(object.owner)) return [];
    const maker = object.owner ?? "the program itself";
    return [
      {
        path: ["kind"],
        message: `this ${object.kind} is made by ${maker}, without network rules, labels and checks; write a catalogue entry instead`,
      },
    ];
  },
};
