import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAllDocuments } from "yaml";
import { renderEngine } from "../../engines";
import type { GivenOptions } from "../../engines";
import { stackObjectName } from "../../engines/pko";
import { cutFleet, given, passphrase, wholeFleet } from "./fleet";

interface StackObject {
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

function stacks(change: GivenOptions = {}, fleet = cutFleet): readonly StackObject[] {
  const text = renderEngine("pko", fleet, { ...given.pko, ...change }, passphrase);
  return parseAllDocuments(text).map((document) => document.toJS() as StackObject);
}

const commit = "8d3f1c0a5b7e9f2d4c6a8b0e1f3d5c7a9b2e4f60";

describe("Stack objects", () => {
  it("are one for each stack, the platform's first, and slices wait for it", () => {
    const all = stacks();
    assert.deepEqual(
      all.map(({ metadata, spec }) => [metadata.name, spec.stack, spec.prerequisites]),
      [
        ["prod", "prod", undefined],
        ...["hash-1", "hash-2", "hash-3"].map((slice) => [
          `prod-${slice}`,
          `prod.${slice}`,
          [{ name: "prod", requirement: { succeededWithinDuration: "5m" } }],
        ]),
      ],
    );
  });

  it("say all of a slice that its workspace needs", () => {
    assert.deepEqual(stacks()[1], {
      apiVersion: "pulumi.com/v1",
      kind: "Stack",
      metadata: {
        name: "prod-hash-1",
        namespace: "fleet",
        labels: {
          "app.kubernetes.io/managed-by": "mcp-fleet",
          "mcp-fleet.dev/environment": "prod",
        },
      },
      spec: {
        stack: "prod.hash-1",
        backend: "s3://acme-fleet-state?region=eu-west-1",
        projectRepo: "https://github.com/acme/fleet",
        branch: "main",
        prerequisites: [{ name: "prod", requirement: { succeededWithinDuration: "5m" } }],
        destroyOnFinalize: false,
        serviceAccountName: "fleet-deployer",
        envRefs: {
          PULUMI_K8S_CLIENT_QPS: { type: "Literal", literal: { value: "500" } },
          PULUMI_K8S_CLIENT_BURST: { type: "Literal", literal: { value: "1000" } },
          PULUMI_PARALLEL: { type: "Literal", literal: { value: "32" } },
          PULUMI_PARALLEL_DIFF: { type: "Literal", literal: { value: "true" } },
          GOGC: { type: "Literal", literal: { value: "400" } },
          PULUMI_CONFIG_PASSPHRASE: {
            type: "Secret",
            secret: { name: "fleet-state", key: "passphrase" },
          },
        },
        workspaceTemplate: {
          spec: {
            image: "pulumi/pulumi:3.259.0-nonroot",
            resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "1Gi" } },
          },
        },
        workspaceReclaimPolicy: "Delete",
      },
    });
  });

  it("of a commit wait for the platform of that commit, however old it is", () => {
    const [platform, slice] = stacks({ branch: undefined, commit });
    assert.deepEqual([platform?.spec.commit, platform?.spec.branch], [commit, undefined]);
    assert.deepEqual(slice?.spec.prerequisites, [{ name: "prod" }]);
  });

  it("of Pulumi Cloud name their organization, and private repositories their Secret", () => {
    const secretEnv = ["PULUMI_ACCESS_TOKEN=pulumi/token"];
    const cloud = { backend: "https://api.pulumi.com", organization: "acme", secretEnv };
    const [, byToken] = stacks({ ...cloud, gitToken: "git/token", repoDir: "deploy/fleet" });
    assert.equal(byToken?.spec.stack, "acme/prod.hash-1");
    assert.equal(byToken.spec.repoDir, "deploy/fleet");
    assert.deepEqual(byToken.spec.gitAuth, {
      accessToken: { type: "Secret", secret: { name: "git", key: "token" } },
    });
    const [bySsh] = stacks({ repo: "git@github.com:acme/fleet.git", gitSshKey: "git/key" });
    assert.deepEqual(bySsh?.spec.gitAuth, {
      sshAuth: { sshPrivateKey: { type: "Secret", secret: { name: "git", key: "key" } } },
    });
  });

  it("are one for an environment that is not cut", () => {
    assert.deepEqual(
      stacks({}, wholeFleet).map(({ metadata, spec }) => [metadata.name, spec.prerequisites]),
      [["dev", undefined]],
    );
  });
});

describe("the name of a Stack object", () => {
  for (const [stack, name] of [
    ["prod", "prod"],
    ["prod.hash-12", "prod-hash-12"],
    ["eu.prod.tier-internal", "eu-prod-tier-internal"],
    ["Prod_EU.hash-1", "stack-prod-eu-hash-1-6f4918d413"],
    ["1st.hash-1", "stack-1st-hash-1-a5307c0b8b"],
    [
      "prod.owner-data-and-analytics-platform-of-the-north",
      "stack-prod-owner-data-and-analy-b5f2aac189",
    ],
  ] as const)
    it(`of ${stack} is ${name}`, () => {
      assert.equal(stackObjectName(stack), name);
    });

  it("is always one that a Service and a StatefulSet's label can be made of", () => {
    const environments = fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,60}$/);
    const slices = fc.stringMatching(/^(?:hash|tier|owner)-[a-z0-9](?:[a-z0-9-]{0,50}[a-z0-9])?$/);
    fc.assert(
      fc.property(environments, slices, (environment, slice) => {
        for (const stack of [environment, `${environment}.${slice}`]) {
          const service = `${stackObjectName(stack)}-workspace`;
          assert.match(service, /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/);
          assert.ok(`${service}-0123456789`.length <= 63, service);
        }
      }),
    );
  });
});
