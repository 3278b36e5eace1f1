import { right } from "./right";
import type { Plain } from "./right";
import { table } from "./table";

const gateway: Plain = {
  apiVersion: "toolhive.stacklok.dev/v1beta1",
  kind: "VirtualMCPServer",
  metadata: { name: "all", namespace: "mcp-internal" },
  spec: {
    groupRef: { name: "all" },
    incomingAuth: { type: "oidc", oidcConfigRef: { name: "oidc" } },
  },
};
const noAuth =
  "spec.oidcConfigRef: is missing: everybody who reaches it in tier internal may call it; write auth in the entry";
const demanded =
  "spec.oidcConfigRef: is missing: tier internal demands authentication; write auth in the entry";
const auth = { internal: { auth: true } };

table("rules over authentication", [
  {
    rule: "MCP005",
    what: "a server without authentication where the tier demands it",
    object: right("server"),
    changes: { "spec.oidcConfigRef": undefined },
    tiers: auth,
    says: [demanded],
  },
  {
    rule: "MCP005",
    what: "an anonymous gateway where the tier demands authentication",
    object: gateway,
    changes: { "spec.incomingAuth.type": "anonymous" },
    tiers: auth,
    says: ["spec.incomingAuth.type: is not oidc: tier internal demands authentication; write oidc"],
  },
  {
    rule: "MCP005",
    what: "a server without authentication where the tier does not demand it",
    object: right("server"),
    changes: { "spec.oidcConfigRef": undefined },
    says: [],
  },
  {
    rule: "MCP006",
    what: "a server without authentication above public",
    object: right("server"),
    changes: { "spec.oidcConfigRef": undefined },
    says: [noAuth],
  },
  {
    rule: "MCP006",
    what: "an anonymous gateway above public",
    object: gateway,
    changes: { "spec.incomingAuth": undefined },
    says: [
      "spec.incomingAuth.type: is not oidc: everybody who reaches it in tier internal may call it; write oidc",
    ],
  },
  {
    rule: "MCP006",
    what: "a remote without authentication in tier public",
    object: right("remote"),
    changes: { "spec.oidcConfigRef": undefined },
    says: [],
  },
  {
    rule: "MCP006",
    what: "a remote without authentication in tier public when that is looked at",
    object: right("remote"),
    changes: { "spec.oidcConfigRef": undefined },
    config: { from: "public" },
    says: [noAuth.replace("internal", "public")],
  },
  {
    rule: "MCP006",
    what: "a server without authentication below what is looked at",
    object: right("server"),
    changes: { "spec.oidcConfigRef": undefined },
    config: { from: "confidential" },
    says: [],
  },
  {
    rule: "MCP006",
    what: "a server without authentication where another rule speaks",
    object: right("server"),
    changes: { "spec.oidcConfigRef": undefined },
    tiers: auth,
    says: [],
  },

  ...["MCP005", "MCP006"].flatMap((rule) =>
    [right("server"), right("remote"), right("tools"), gateway].map((object) => ({
      rule,
      what: `a ${object.kind} as it should be`,
      object,
      tiers: rule === "MCP005" ? auth : {},
      says: [],
    })),
  ),
]);
