import type { ObjectRule } from "../rule";
import { isToolhive, tierOf } from "../stack-object";

/** MCP011: what Pulumi encrypts in its state must not stand in the cluster for everybody to read. */
export const openSecrets: ObjectRule = {
  id: "MCP011",
  title: "What Pulumi keeps secret stands in Secrets alone",
  severity: "critical",
  enforcement: "mandatory",
  seesSecrets: true,
  check: (object, { tiers }) => {
    if (!isToolhive(object) && !tierOf(object, tiers)) return [];
    const isSecret = object.group === "" && object.kind === "Secret";
    return (object.secrets ?? [])
      .filter(([field]) => !isSecret || (field !== "data" && field !== "stringData"))
      .map((path) => ({
        path,
        message: `holds a value that Pulumi keeps secret, and this ${object.kind} shows it; put it into a Secret, and refer to that`,
      }));
  },
};
