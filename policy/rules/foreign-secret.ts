import type { ObjectRule } from "../rule";
import { entryComponents, tierOf } from "../stack-object";

/** MCP012: values of a Secret that an entry makes are encrypted in the configuration; of others nobody knows. */
export const foreignSecret: ObjectRule = {
  id: "MCP012",
  title: "Secrets of a tier are made by the entries that use them",
  severity: "medium",
  enforcement: "advisory",
  check: (object, { tiers }) => {
    const { group, kind, owner } = object;
    if (group !== "" || kind !== "Secret" || !tierOf(object, tiers)) return [];
    return entryComponents.some((component) => component === owner)
      ? []
      : [
          {
            path: ["kind"],
            message: `this Secret is made by ${owner ?? "the program itself"}, so its values may stand in the program or its configuration in the open; write it under secrets in the entry, with source: external or pulumi`,
          },
        ];
  },
};
