import { podSecurityLevels, show } from "../../catalog";
import { text } from "../plain-data";
import type { ObjectRule } from "../rule";
import { isTierNamespace, tierOf } from "../stack-object";

const label = "pod-security.kubernetes.io/enforce";

/** MCP013: the API server refuses pods by this label; without it, it refuses none. */
export const podSecurity: ObjectRule = {
  id: "MCP013",
  title: "The namespace of a tier enforces Pod Security",
  severity: "high",
  enforcement: "mandatory",
  config: {
    level: {
      type: "string",
      enum: [...podSecurityLevels],
      default: "baseline",
      description: "The least strict level, also of a tier that is set to one less strict.",
    },
  },
  check: (object, { tiers, config }) => {
    if (!isTierNamespace(object, tiers)) return [];
    const own = object.labels[label];
    const least = text(config.level) ?? "baseline";
    const tier = tierOf(object, tiers)?.podSecurity.enforce ?? least;
    const demanded = rank(tier) > rank(least) ? tier : least;
    return own !== undefined && rank(own) >= rank(demanded)
      ? []
      : [
          {
            path: ["metadata", "labels", label],
            message:
              own === undefined
                ? `is missing, so every pod is let in; write ${demanded}`
                : `${show(own)} lets more in than ${demanded}; write ${demanded}`,
            missing: own === undefined,
          },
        ];
  },
};

/** How strict a level is; a word that is no level is less than all. */
function rank(level: string): number {
  return (podSecurityLevels as readonly string[]).indexOf(level);
}
