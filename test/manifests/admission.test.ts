import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { settingsFromConfig, tiersOf } from "../../catalog";
import type { Sensitivity } from "../../catalog";
import { renderAdmission, renderFiles } from "../../manifests";
import type { Part } from "../../manifests";
import { literal } from "../../manifests/admission/cel";
import { toYaml } from "../../manifests/yaml";

const digest = `sha256:${"0".repeat(64)}`;
const asked = {
  platform: { images: { proxyrunner: `ghcr.io/stacklok/toolhive/proxyrunner@${digest}` } },
  oidc: { issuer: "https://idp.example.com" },
  tiers: { restricted: { auth: true } },
  admission: {
    deployers: [{ user: "ci@example.com" }, { group: "deployers" }],
    exemptions: [
      {
        name: "incident-42",
        tier: "restricted",
        reason: "the vendor's fix has no signature yet",
        until: "2999-12-31",
        users: ["alice@example.com"],
      },
    ],
  },
};

function render(sensitivity: Sensitivity, values: object = asked): readonly Part[] {
  const { admission, platform, ...settings } = settingsFromConfig({ ...values }, __dirname, "test");
  const tier = tiersOf({ ...settings, admission, platform }).find(
    (one) => one.sensitivity === sensitivity,
  );
  assert.ok(tier && admission);
  return renderAdmission({ tier, admission, platform });
}

describe("renderAdmission", () => {
  it("gives a tier its policy and the binding that names it", () => {
    const file = join(__dirname, "golden", "admission", "restricted.yaml");
    const text = toYaml(render("restricted").map(({ manifest }) => manifest));
    if (process.env.UPDATE_GOLDEN === "1") {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    assert.ok(existsSync(file), "run with UPDATE_GOLDEN=1");
    assert.equal(text, readFileSync(file, "utf8"));
  });

  it("names the objects of two fleets differently, each by the namespace that it holds", () => {
    const names = (values: object): readonly unknown[] =>
      render("internal", values).map(({ manifest }) => manifest.metadata.name);
    const second = { ...asked, tiers: { internal: { namespace: "second-internal" } } };
    assert.deepEqual(names(asked), ["mcp-fleet.mcp-internal", "mcp-fleet.mcp-internal"]);
    assert.deepEqual(names(second), ["mcp-fleet.second-internal", "mcp-fleet.second-internal"]);
  });

  it("is in what is rendered when it is asked for, and only then", () => {
    const kinds = (values: object): number => {
      const files = renderFiles([], settingsFromConfig({ ...values }, __dirname, "test"), []);
      return [...files.values()].join().split("kind: ValidatingAdmissionPolicy\n").length - 1;
    };
    assert.deepEqual([kinds({ ...asked, admission: undefined }), kinds(asked)], [0, 4]);
  });
});

describe("a text in CEL", () => {
  const rows: readonly (readonly [string, string])[] = [
    ['it\'s "quoted"\\', '"it\'s \\"quoted\\"\\\\"'],
    ["é😀", '"é😀"'],
    ["\n\t\u007f\u2028\ufeff", '"\\n\\t\\u007f\\u2028\\ufeff"'],
    ["\u{e0001}", '"\\U000e0001"'],
    ["half \ud800", '"half \\ufffd"'],
  ];
  for (const [text, expected] of rows)
    it(`is ${expected}`, () => {
      assert.equal(literal(text), expected);
    });
});
