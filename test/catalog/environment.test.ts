import assert from "node:assert/strict";
import { CatalogueError, readSettings, tiersOf } from "../../catalog";
import { settingsFromConfig } from "../../catalog/environment";
import { inFolder } from "./catalogue-folder";

const chart = (name: string, version: string): string => `name: ${name}\nversion: ${version}\n`;

const charts = {
  "crds/Chart.yaml": chart("toolhive-operator-crds", "0.48.0"),
  "old/Chart.yaml": chart("toolhive-operator", "0.40.0"),
};

function problems(config: string): readonly string[] {
  return inFolder({ ...charts, "stacks/Pulumi.dev.yaml": config }, (folder) => {
    try {
      readSettings(folder, "dev");
      return [];
    } catch (error) {
      assert.ok(error instanceof CatalogueError, String(error));
      return error.message.split("\n");
    }
  });
}

describe("readSettings", () => {
  const broken: readonly (readonly [string, string, readonly string[]])[] = [
    ["an empty file", "", []],
    ["keys of others", "config:\n  kubernetes:context: x\nencryptionsalt: v1\n", []],
    [
      "an unknown key",
      "config:\n  mcp-fleet:catalog: [a]\n",
      [
        'stacks/Pulumi.dev.yaml:2:3: mcp-fleet:catalog: unknown key "catalog"; did you mean "catalogue"?',
      ],
    ],
    [
      "a wrong type deep inside",
      "config:\n  mcp-fleet:platform:\n    crds: { keep: yes please }\n",
      [
        'stacks/Pulumi.dev.yaml:3:19: mcp-fleet:platform.crds.keep: "yes please" does not fit; write true or false, for example true',
      ],
    ],
    [
      "two tiers in one namespace, and one in the operator's",
      "config:\n  mcp-fleet:tiers:\n    public: { namespace: toolhive-system }\n    internal: { namespace: x }\n    restricted: { namespace: x }\n",
      [
        'stacks/Pulumi.dev.yaml:3:26: mcp-fleet:tiers.public.namespace: "toolhive-system" is the namespace of platform.namespace too; write another name',
        'stacks/Pulumi.dev.yaml:5:30: mcp-fleet:tiers.restricted.namespace: "x" is the namespace of tiers.internal.namespace too; write another name',
      ],
    ],
    [
      "charts that are not there, or not the right ones",
      "config:\n  mcp-fleet:platform:\n    crds: { chart: nowhere }\n    operator: { chart: crds }\n",
      [
        'stacks/Pulumi.dev.yaml:3:20: mcp-fleet:platform.crds.chart: "nowhere" holds no Chart.yaml; write a chart\'s folder or oci://…',
        'stacks/Pulumi.dev.yaml:4:24: mcp-fleet:platform.operator.chart: "crds" holds the chart "toolhive-operator-crds"; toolhive-operator belongs here',
      ],
    ],
    [
      "a chart of another version",
      "config:\n  mcp-fleet:platform:\n    operator: { chart: old }\n",
      [
        'stacks/Pulumi.dev.yaml:3:15: mcp-fleet:platform.operator.version: "0.48.0" is asked for, but "old" holds "0.40.0"; write that, or take another chart',
      ],
    ],
    [
      "a chart from a plain web server",
      "config:\n  mcp-fleet:platform:\n    crds: { chart: 'http://x/y' }\n",
      [
        'stacks/Pulumi.dev.yaml:3:20: mcp-fleet:platform.crds.chart: "http://x/y" does not fit; write an oci:// reference or a folder, for example "oci://ghcr.io/stacklok/toolhive/toolhive-operator-crds"',
      ],
    ],
    [
      "an address of the API server that is none",
      "config:\n  mcp-fleet:network:\n    apiServer: [{ cidr: 10.0.0.1, port: 6443 }]\n",
      [
        'stacks/Pulumi.dev.yaml:3:25: mcp-fleet:network.apiServer[0].cidr: "10.0.0.1" is not a range; write address/prefix, like 10.0.0.1/32',
      ],
    ],
    [
      "a config that is no map",
      "config: [x]\n",
      [
        'stacks/Pulumi.dev.yaml:1:9: config: ["x"] does not fit; write a map with the keys of the settings',
      ],
    ],
    [
      "bad YAML",
      "config: {\n",
      [
        "stacks/Pulumi.dev.yaml:2:1: this is not valid YAML: Flow map in block collection must be sufficiently indented and end with a }",
      ],
    ],
  ];
  for (const [what, config, expected] of broken)
    it(`${expected.length === 0 ? "takes" : "refuses"} ${what}`, () => {
      assert.deepEqual(problems(config), expected);
    });

  it("refuses an environment without a file", () => {
    inFolder({}, (folder) => {
      assert.throws(() => readSettings(folder, "dev"), {
        name: "UnreadableError",
        message: "stacks/Pulumi.dev.yaml: there is no such file or folder",
      });
    });
  });

  it("fills in every default", () => {
    const settings = inFolder({ "stacks/Pulumi.dev.yaml": "" }, (folder) =>
      readSettings(folder, "dev"),
    );
    assert.deepEqual(settings.catalogue, ["inventory"]);
    assert.deepEqual(settings.platform, {
      namespace: "toolhive-system",
      crds: {
        chart: "oci://ghcr.io/stacklok/toolhive/toolhive-operator-crds",
        version: "0.48.0",
        keep: true,
      },
      operator: {
        chart: "oci://ghcr.io/stacklok/toolhive/toolhive-operator",
        version: "0.48.0",
        values: {},
      },
      images: {},
    });
    assert.deepEqual(
      tiersOf(settings).map(({ sensitivity, namespace, podSecurity, openEgress }) => [
        sensitivity,
        namespace,
        ...Object.values(podSecurity),
        openEgress,
      ]),
      (
        [
          ["public", true],
          ["internal", true],
          ["confidential", false],
          ["restricted", false],
        ] as const
      ).map(([sensitivity, open]) => [
        sensitivity,
        `mcp-${sensitivity}`,
        ...["restricted", "restricted", "restricted", "latest"],
        open,
      ]),
    );
  });
});

describe("settingsFromConfig", () => {
  it("tells places in the stack file where there is one, and paths where there is none", () => {
    const values = { catalogue: "inventory" };
    const message = (file: string): string =>
      `${file}: mcp-fleet:catalogue: "inventory" does not fit; write a list of files and folders, for example ["inventory"]`;
    inFolder(
      { "stacks/Pulumi.dev.yaml": "config:\n  mcp-fleet:catalogue: inventory\n" },
      (folder) => {
        assert.throws(() => settingsFromConfig(values, folder, "dev"), {
          message: message("stacks/Pulumi.dev.yaml:2:24"),
        });
        assert.throws(() => settingsFromConfig(values, folder, "other"), {
          message: message("stacks/Pulumi.other.yaml"),
        });
      },
    );
  });
});
