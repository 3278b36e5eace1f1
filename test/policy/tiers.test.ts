import assert from "node:assert/strict";
import { tiersFrom } from "../../policy/tiers";
import { changed, inStack, right, said } from "./right";
import { table } from "./table";

const enforce = "pod-security.kubernetes.io/enforce";
const field = `metadata.labels."${enforce}"`;
const place = `metadata.labels["${enforce}"]`;
const namespace = right("namespace");
const sensitivity = 'metadata.labels."mcp-fleet.dev/sensitivity"';

table("rules over namespaces", [
  {
    rule: "MCP013",
    what: "a tier that lets every pod in",
    object: namespace,
    changes: { [field]: undefined },
    says: [`${place}: is missing, so every pod is let in; write restricted`],
  },
  {
    rule: "MCP013",
    what: "a tier less strict than the environment has it",
    object: namespace,
    changes: { [field]: "baseline" },
    says: [`${place}: "baseline" lets more in than restricted; write restricted`],
  },
  {
    rule: "MCP013",
    what: "a tier that is set to privileged",
    object: namespace,
    changes: { [field]: "privileged" },
    tiers: { internal: { podSecurity: "privileged" } },
    says: [`${place}: "privileged" lets more in than baseline; write baseline`],
  },
  {
    rule: "MCP013",
    what: "a word that is no level",
    object: namespace,
    changes: { [field]: "strict" },
    says: [`${place}: "strict" lets more in than restricted; write restricted`],
  },
  {
    rule: "MCP013",
    what: "a namespace that calls itself a tier",
    object: namespace,
    changes: { "metadata.name": "shadow", [field]: undefined },
    says: [`${place}: is missing, so every pod is let in; write baseline`],
  },
  {
    rule: "MCP013",
    what: "a tier without its label",
    object: namespace,
    changes: { [sensitivity]: undefined, [field]: undefined },
    says: [`${place}: is missing, so every pod is let in; write restricted`],
  },
  {
    rule: "MCP013",
    what: "a tier that the environment has at baseline",
    object: namespace,
    changes: { [field]: "baseline" },
    tiers: { internal: { podSecurity: "baseline" } },
    says: [],
  },
  {
    rule: "MCP013",
    what: "baseline where restricted is the least",
    object: namespace,
    changes: { [field]: "baseline" },
    tiers: { internal: { podSecurity: "baseline" } },
    config: { level: "restricted" },
    says: [`${place}: "baseline" lets more in than restricted; write restricted`],
  },
  {
    rule: "MCP013",
    what: "a namespace that is no tier",
    object: namespace,
    changes: { "metadata.name": "default", [sensitivity]: undefined, [field]: undefined },
    says: [],
  },
  { rule: "MCP013", what: "the namespace that mcp-fleet makes", object: namespace, says: [] },
]);

describe("MCP014", () => {
  const deny = right("default-deny");
  const check = (...objects: readonly Parameters<typeof inStack>[0][]): readonly string[] =>
    said(
      "MCP014",
      [namespace, ...objects].map((object) => inStack(object)),
    );
  const open = (directions: string): readonly string[] => [
    `metadata.name: no NetworkPolicy of this stack denies ${directions} to all pods of mcp-internal; make the namespace by SensitivityTier, or add one with podSelector: {} and policyTypes: [Ingress, Egress]`,
  ];

  it("passes a tier as mcp-fleet makes it, and a namespace that is no tier", () => {
    assert.deepEqual(check(deny, right("proxies"), right("backends")), []);
    const other = changed(namespace, { "metadata.name": "default", [sensitivity]: undefined });
    assert.deepEqual(said("MCP014", [inStack(other)]), []);
  });

  it("passes one policy for each direction", () => {
    const ingress = changed(deny, { "metadata.name": "in", "spec.policyTypes": undefined });
    const egress = changed(deny, { "metadata.name": "out", "spec.policyTypes": ["Egress"] });
    assert.deepEqual(check(ingress, egress), []);
  });

  const cases = [
    ["no policy", [], "Ingress and Egress"],
    ["policies of some pods", [right("proxies"), right("backend-policy")], "Ingress and Egress"],
    [
      "a policy of another namespace",
      [changed(deny, { "metadata.namespace": "mcp-public" })],
      "Ingress and Egress",
    ],
    ["a policy for what comes in", [changed(deny, { "spec.policyTypes": ["Ingress"] })], "Egress"],
    ["a policy with a rule", [changed(deny, { "spec.ingress": [{}] })], "Ingress"],
    [
      "a policy of pods with a label",
      [
        changed(deny, {
          "spec.podSelector": { matchExpressions: [{ key: "a", operator: "Exists" }] },
        }),
      ],
      "Ingress and Egress",
    ],
  ] as const;
  for (const [what, objects, directions] of cases)
    it(`refuses a tier with ${what}`, () => {
      assert.deepEqual(check(...objects), open(directions));
    });

  it("refuses a namespace that calls itself a tier", () => {
    const shadow = changed(namespace, { "metadata.name": "shadow" });
    assert.deepEqual(
      said("MCP014", [inStack(shadow), inStack(deny)]),
      open("Ingress and Egress").map((text) => text.replace("mcp-internal", "shadow")),
    );
  });

  it("waits where a policy is not known yet, and does not where the others deny", () => {
    const unknown = inStack(right("proxies"), { known: false });
    assert.deepEqual(said("MCP014", [inStack(namespace), unknown]), []);
    assert.deepEqual(said("MCP014", [inStack(namespace), unknown, inStack(deny)]), []);
  });
});

describe("tiers of the pack", () => {
  it("are the presets where nothing is said", () => {
    const tiers = tiersFrom(undefined, "here");
    assert.deepEqual(
      tiers.map(({ sensitivity, namespace: name, image, auth }) => [
        sensitivity,
        name,
        image,
        auth,
      ]),
      [
        ["public", "mcp-public", { digest: false }, false],
        ["internal", "mcp-internal", { digest: false }, false],
        ["confidential", "mcp-confidential", { digest: true }, false],
        ["restricted", "mcp-restricted", { digest: true }, false],
      ],
    );
  });

  it("are refused with the words of the settings", () => {
    assert.throws(
      () => tiersFrom({ internal: { namspace: "tools", auth: "yes" } }, "MCP003: tiers"),
      {
        message: [
          'MCP003: tiers: internal.auth: "yes" does not fit; write true or false, for example true',
          'MCP003: tiers: internal.namspace: unknown key "namspace"; did you mean "namespace"?',
        ].join("\n"),
      },
    );
  });
});
