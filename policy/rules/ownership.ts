import { show } from "../../catalog";
import { ownershipLabels, prefix } from "../../manifests";
import type { ObjectRule } from "../rule";
import { isToolhive, served, tierOf } from "../stack-object";

const sensitivity = `${prefix}/sensitivity`;

/** MCP002: somebody answers for every server, and it is where its sensitivity belongs. */
export const ownership: ObjectRule = {
  id: "MCP002",
  title: "Servers carry the labels of their entry, in the namespace of their tier",
  severity: "medium",
  enforcement: "mandatory",
  check: (object, { tiers }) => {
    if (!isToolhive(object, ...served)) return [];
    const missing = ownershipLabels.filter((key) => (object.labels[key] ?? "") === "");
    const tier = tierOf(object, tiers);
    const own = object.labels[sensitivity];
    return [
      ...(missing.length > 0
        ? [
            {
              path: ["metadata", "labels"],
              message: `${missing.join(", ")} ${missing.length > 1 ? "are" : "is"} missing: what runs here is made from a catalogue entry; write one`,
              missing: true,
            },
          ]
        : []),
      ...(tier
        ? []
        : [
            {
              path: ["metadata", "namespace"],
              message: `${show(object.namespace)} is the namespace of no tier; write one of ${tiers.map(({ namespace }) => namespace).join(", ")}`,
            },
          ]),
      ...(tier && own !== tier.sensitivity
        ? [
            {
              path: ["metadata", "labels", sensitivity],
              message:
                own === undefined
                  ? `is missing; write ${tier.sensitivity}, the tier of namespace ${tier.namespace}`
                  : `${show(own)} is not the tier of namespace ${tier.namespace}; write ${tier.sensitivity}, or move the server`,
              missing: own === undefined,
            },
          ]
        : []),
    ];
  },
};
