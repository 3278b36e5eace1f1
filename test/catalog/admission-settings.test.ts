import assert from "node:assert/strict";
import { CatalogueError } from "../../catalog";
import { settingsFromConfig } from "../../catalog/environment";

/** What is said of settings; nothing when they are right. */
function said(values: object): readonly string[] {
  try {
    settingsFromConfig({ ...values }, __dirname, "test");
    return [];
  } catch (error) {
    assert.ok(error instanceof CatalogueError, String(error));
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

const deployers = [{ group: "deployers" }];
const exemption = {
  name: "incident-42",
  tier: "internal",
  reason: "the vendor's fix has no signature yet",
  until: "2999-12-31",
  users: ["alice@example.com"],
};
const digest = `sha256:${"0".repeat(64)}`;
const images = { proxyrunner: `ghcr.io/stacklok/toolhive/proxyrunner@${digest}` };
const right = { platform: { images }, admission: { deployers } };
const exempting = (change: object): object => ({
  ...right,
  admission: { deployers, exemptions: [{ ...exemption, ...change }] },
});

describe("settings of admission", () => {
  const rows: readonly (readonly [string, object, readonly string[]])[] = [
    ["no admission, and then no image of the platform", {}, []],
    ["deployers, and a platform by digest", right, []],
    ["an exemption", exempting({}), []],
    [
      "a deployer that is neither user nor group",
      { ...right, admission: { deployers: ["ci"] } },
      [
        'mcp-fleet:admission.deployers[0]: "ci" does not fit; write { user: … } or { group: … }; a ServiceAccount is the user system:serviceaccount:<namespace>:<name>',
      ],
    ],
    [
      "nobody who deploys",
      { ...right, admission: { deployers: [] } },
      [
        'mcp-fleet:admission.deployers: [] does not fit; write a list of users and groups, for example [{"group":"platform-deployers"}]',
      ],
    ],
    [
      "an exemption whose day is over",
      exempting({ until: "2020-02-29" }),
      [
        'mcp-fleet:admission.exemptions[0].until: "2020-02-29" is over; remove the exemption "incident-42", or write a later day',
      ],
    ],
    ...["2999-02-29", "2999-1-1", "tomorrow", "2999-12-31T00:00:00Z"].map(
      (until) =>
        [
          `an exemption until ${until}`,
          exempting({ until }),
          [
            `mcp-fleet:admission.exemptions[0].until: ${JSON.stringify(until)} does not fit; write a date as YYYY-MM-DD, for example "2026-12-01"`,
          ],
        ] as const,
    ),
    [
      "an exemption for nobody, without a reason",
      exempting({ users: [], reason: "" }),
      [
        'mcp-fleet:admission.exemptions[0].reason: "" does not fit; write one line of at most 200 characters, for example "the vendor\'s fix has no signature yet"',
        'mcp-fleet:admission.exemptions[0].users: [] does not fit; write a list of users, for example ["alice@example.com"]',
      ],
    ],
    [
      "a platform by tag, where tiers demand digests of every pod",
      {
        ...right,
        platform: { images: { proxyrunner: "ghcr.io/stacklok/toolhive/proxyrunner:v0.48.0" } },
      },
      [
        'mcp-fleet:platform.images.proxyrunner: "ghcr.io/stacklok/toolhive/proxyrunner:v0.48.0" names no digest, and tier confidential and restricted admits no pod without one, proxies too; run mcp-fleet pin --stack <env>',
      ],
    ],
    [
      "no image of the platform, where tiers demand digests of every pod",
      { admission: { deployers } },
      [
        "mcp-fleet:platform.images.proxyrunner: is missing, and tier confidential and restricted admits no pod without one, proxies too; run mcp-fleet pin --stack <env>",
      ],
    ],
  ];
  for (const [what, values, expected] of rows)
    it(`${expected.length === 0 ? "take" : "refuse"} ${what}`, () => {
      assert.deepEqual(said(values), expected);
    });
});
