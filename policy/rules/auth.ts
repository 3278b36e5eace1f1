import { sensitivities } from "../../catalog";
import { at, text } from "../plain-data";
import type { ObjectRule, Violation } from "../rule";
import { isToolhive, tierOf } from "../stack-object";
import type { StackObject } from "../stack-object";

/** MCP005: what a tier demands of every entry holds for every server. */
export const demandedAuth: ObjectRule = {
  id: "MCP005",
  title: "Callers prove who they are where the tier demands it",
  severity: "critical",
  enforcement: "mandatory",
  check: (object, { tiers }) => {
    const tier = tierOf(object, tiers);
    return tier?.auth === true
      ? withoutAuth(object, `tier ${tier.sensitivity} demands authentication`)
      : [];
  },
};

/** MCP006: a proxy without authentication answers whoever reaches it. */
export const openProxy: ObjectRule = {
  id: "MCP006",
  title: "Callers prove who they are above tier public",
  severity: "high",
  enforcement: "advisory",
  config: {
    from: {
      type: "string",
      enum: [...sensitivities],
      default: "internal",
      description: "The least sensitive tier that is looked at.",
    },
  },
  check: (object, { tiers, config }) => {
    const tier = tierOf(object, tiers);
    const from = text(config.from) ?? "internal";
    // Where the tier demands it, another rule speaks.
    if (!tier || tier.auth || rank(tier.sensitivity) < rank(from)) return [];
    return withoutAuth(object, `everybody who reaches it in tier ${tier.sensitivity} may call it`);
  },
};

function rank(sensitivity: string): number {
  return (sensitivities as readonly string[]).indexOf(sensitivity);
}

function withoutAuth(object: StackObject, why: string): readonly Violation[] {
  const { content } = object;
  if (isToolhive(object, "MCPServer", "MCPRemoteProxy"))
    return (text(at(content, "spec", "oidcConfigRef", "name")) ?? "") === ""
      ? [
          {
            path: ["spec", "oidcConfigRef"],
            message: `is missing: ${why}; write auth in the entry`,
            missing: at(content, "spec", "oidcConfigRef") === undefined,
          },
        ]
      : [];
  if (!isToolhive(object, "VirtualMCPServer")) return [];
  const incoming = ["spec", "incomingAuth"];
  const type = at(content, ...incoming, "type");
  if (type !== "oidc")
    return [
      {
        path: [...incoming, "type"],
        message: `is not oidc: ${why}; write oidc`,
        missing: type === undefined,
      },
    ];
  return (text(at(content, ...incoming, "oidcConfigRef", "name")) ?? "") === ""
    ? [
        {
          path: [...incoming, "oidcConfigRef"],
          message: `is missing: ${why}; name an MCPOIDCConfig`,
          missing: true,
        },
      ]
    : [];
}
