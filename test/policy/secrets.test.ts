import assert from "node:assert/strict";
import { changed, inStack, right, said } from "./right";
import type { Plain } from "./right";
import { table } from "./table";
import { workload } from "./workloads";

const pod = "spec.podTemplateSpec.spec";
const byReference = "write it under secrets, by reference";
// Put together here, so that no scanner takes this file for a leak.
const github = `ghp_${"wJ8r2kQx".repeat(4)}abcd`;
const known = `holds what looks like a secret (GITHUB_TOKEN); ${byReference}`;
const named = `is named like a secret and holds a plain value; ${byReference}`;

const config: Plain = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "mcp-internal" },
  data: { "settings.yaml": "level: info\n" },
};

const deployment = workload({
  containers: [{ name: "tool", env: [{ name: "A", value: "b" }] }],
});

table("rules over values in the open", [
  {
    rule: "MCP010",
    what: "a variable with a known token",
    object: right("server"),
    changes: {
      "spec.env": [
        { name: "LOG_LEVEL", value: "info" },
        { name: "EXTRA", value: github },
      ],
    },
    says: [`spec.env[1].value: EXTRA ${known}`],
  },
  {
    rule: "MCP010",
    what: "a variable that is named like a secret",
    object: right("server"),
    changes: { "spec.env": [{ name: "API_KEY", value: "hunter2" }] },
    says: [`spec.env[0].value: API_KEY ${named}`],
  },
  {
    rule: "MCP010",
    what: "arguments",
    object: right("server"),
    changes: { "spec.args": ["--token", "hunter2", `--header=${github}`] },
    says: [
      `spec.args[1]: is given to --token, which is named like a secret; ${byReference}, and say $(NAME) here`,
      `spec.args[2]: ${known}`,
    ],
  },
  {
    rule: "MCP010",
    what: "a variable of the proxy",
    object: right("server"),
    changes: {
      "spec.resourceOverrides.proxyDeployment.env": [
        { name: "OIDC_CLIENT_SECRET", value: "hunter2" },
      ],
    },
    says: [`spec.resourceOverrides.proxyDeployment.env[0].value: OIDC_CLIENT_SECRET ${named}`],
  },
  {
    rule: "MCP010",
    what: "a variable and a command laid over the pod",
    object: right("server"),
    changes: {
      [`${pod}.containers`]: [
        {
          name: "mcp",
          env: [{ name: "DB_PASSWORD", value: "hunter2" }],
          command: ["run", "--password=hunter2"],
        },
      ],
    },
    says: [
      `spec.podTemplateSpec.spec.containers[0].env[0].value: DB_PASSWORD ${named}`,
      `spec.podTemplateSpec.spec.containers[0].command[1]: is given to --password, which is named like a secret; ${byReference}, and say $(NAME) here`,
    ],
  },
  {
    rule: "MCP010",
    what: "headers",
    object: right("remote"),
    changes: {
      "spec.headerForward.addPlaintextHeaders": { Authorization: "hunter2", "X-Id": github },
    },
    says: [
      `spec.headerForward.addPlaintextHeaders.Authorization: ${named}`,
      `spec.headerForward.addPlaintextHeaders.X-Id: ${known}`,
    ],
  },
  {
    rule: "MCP010",
    what: "a known token in any other field",
    object: right("oidc"),
    changes: { "spec.inline.clientId": github },
    says: [`spec.inline.clientId: ${known}`],
  },
  {
    rule: "MCP010",
    what: "a file of a ConfigMap",
    object: config,
    changes: { 'data."settings.yaml"': `level: info\ntoken: ${github}\n` },
    says: [`data["settings.yaml"]: settings.yaml ${known}`],
  },
  {
    rule: "MCP010",
    what: "a key of a ConfigMap that is named like a secret",
    object: config,
    changes: { "data.password": "hunter2" },
    says: [`data.password: password ${named}`],
  },
  {
    rule: "MCP010",
    what: "a variable of a workload beside ToolHive",
    object: deployment,
    changes: {
      "spec.template.spec.containers": [{ name: "tool", env: [{ name: "A", value: github }] }],
    },
    says: [`spec.template.spec.containers[0].env[0].value: A ${known}`],
  },
  {
    rule: "MCP010",
    what: "a ConfigMap of no tier",
    object: config,
    changes: { "metadata.namespace": "default", "data.password": "hunter2" },
    says: [],
  },
  {
    rule: "MCP010",
    what: "variables that refer to a Secret",
    object: right("server"),
    changes: {
      "spec.args": ["--token", "$(API_KEY)"],
      [`${pod}.containers`]: [
        {
          name: "mcp",
          env: [
            { name: "API_KEY", valueFrom: { secretKeyRef: { name: "osv", key: "key" } } },
            { name: "TOKEN_FILE", value: "/etc/token" },
            { name: "MAX_TOKEN", value: "4096" },
          ],
        },
      ],
    },
    says: [],
  },
  { rule: "MCP010", what: "a ConfigMap with settings", object: config, says: [] },
  ...["server", "remote", "tools", "oidc", "namespace"].map((role) => ({
    rule: "MCP010",
    what: `the ${role} that mcp-fleet makes`,
    object: right(role),
    says: [],
  })),
]);

const secret: Plain = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "redis", namespace: "mcp-internal" },
  stringData: { password: "hunter2" },
};
const shows = (kind: string): string =>
  `holds a value that Pulumi keeps secret, and this ${kind} shows it; put it into a Secret, and refer to that`;

describe("MCP011", () => {
  it("refuses what Pulumi keeps secret in a server, a ConfigMap and what is beside a Secret's data", () => {
    const objects = [
      inStack(right("server"), { secrets: [["spec", "env"]] }),
      inStack(config, { secrets: [["data", "a"]] }),
      inStack(secret, { secrets: [["metadata", "annotations", "hash"], ["stringData"]] }),
    ];
    assert.deepEqual(said("MCP011", objects), [
      `spec.env: ${shows("MCPServer")}`,
      `data.a: ${shows("ConfigMap")}`,
      `metadata.annotations.hash: ${shows("Secret")}`,
    ]);
  });

  it("passes a Secret's data, what is not secret, and objects of no tier", () => {
    const objects = [
      inStack(secret, { secrets: [["data"], ["stringData", "password"]] }),
      inStack(right("server"), { secrets: [] }),
      inStack(right("server")),
      inStack(changed(config, { "metadata.namespace": "default" }), { secrets: [["data", "a"]] }),
    ];
    assert.deepEqual(said("MCP011", objects), []);
  });
});

describe("MCP012", () => {
  const by = (type: string) => ({
    parent: `urn:pulumi:test::fleet::mcp-fleet:index:McpFleet$${type}::osv`,
  });
  const refused = (maker: string): readonly string[] => [
    `kind: this Secret is made by ${maker}, so its values may stand in the program or its configuration in the open; write it under secrets in the entry, with source: external or pulumi`,
  ];

  it("tells of a Secret that the program or another component makes", () => {
    assert.deepEqual(said("MCP012", [inStack(secret)]), refused("the program itself"));
    assert.deepEqual(
      said("MCP012", [inStack(secret, by("acme:index:Redis"))]),
      refused("acme:index:Redis"),
    );
  });

  it("passes those of entries, and of no tier", () => {
    const objects = [
      inStack(secret, by("mcp-fleet:index:McpServer")),
      inStack(secret, by("mcp-fleet:index:McpRemote")),
      inStack(changed(secret, { "metadata.namespace": "default" })),
    ];
    assert.deepEqual(said("MCP012", objects), []);
  });
});
