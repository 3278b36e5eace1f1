import assert from "node:assert/strict";
import { EngineOptionsError } from "../../engines";
import type { EngineFormat, GivenOptions } from "../../engines";
import { engineOptions } from "../../engines/options";
import { given, passphrase } from "./fleet";

const cloud = { backend: "https://api.pulumi.com", organization: "acme" };

function problems(format: EngineFormat, options: GivenOptions, keyService = false): string[] {
  try {
    engineOptions(format, options, { keyService });
  } catch (error) {
    assert.ok(error instanceof EngineOptionsError);
    return error.message.split("\n");
  }
  return [];
}

const repoFix =
  "write the repository that holds Pulumi.yaml, for example https://github.com/acme/fleet";
const backendFix =
  "write the state backend, which every pod or job must reach, without a password in it, for example s3://acme-fleet-state?region=eu-west-1";
const imageFix =
  "write the image that runs the engine, by tag or digest, for example pulumi/pulumi:3.259.0-nonroot";
const noPassphrase =
  '--secret-env: PULUMI_CONFIG_PASSPHRASE is missing, without which "s3://acme-fleet-state?region=eu-west-1" gives nobody its secrets; write PULUMI_CONFIG_PASSPHRASE=';

/** One option that is wrong among those that are right, and what is said of it. */
const wrong: readonly (readonly [EngineFormat, GivenOptions, ...string[]])[] = [
  [
    "pko",
    { repo: "github.com/acme/fleet" },
    `--repo: "github.com/acme/fleet" does not fit; ${repoFix}`,
  ],
  [
    "pko",
    { repo: "https://me:secret@github.com/acme/fleet" },
    `--repo: "https://...@github.com/acme/fleet" does not fit; ${repoFix}`,
  ],
  [
    "pko",
    { repoDir: "../fleet" },
    '--repo-dir: "../fleet" does not fit; write the folder of Pulumi.yaml, counted from the repository\'s root, for example fleet',
  ],
  [
    "pko",
    { branch: undefined },
    "--branch, --commit: write one of them: a commit makes slices wait for the platform of the same commit, a branch is followed by the operator itself",
  ],
  [
    "pko",
    { commit: "8d3f1c0a5b7e9f2d4c6a8b0e1f3d5c7a9b2e4f60" },
    "--branch, --commit: write one of them: a commit makes slices wait for the platform of the same commit, a branch is followed by the operator itself",
  ],
  [
    "pko",
    { branch: undefined, commit: "8d3f1c0" },
    '--commit: "8d3f1c0" does not fit; write the whole hash of the commit that is deployed, for example 8d3f1c0a5b7e9f2d4c6a8b0e1f3d5c7a9b2e4f60',
  ],
  [
    "pko",
    { namespace: "Fleet" },
    '--namespace: "Fleet" does not fit; write the namespace of the Stack objects, for example fleet',
  ],
  [
    "pko",
    { image: "pulumi/pulumi-nodejs" },
    `--image: "pulumi/pulumi-nodejs" does not fit; ${imageFix}`,
  ],
  ["pko", { backend: "file:///state" }, `--backend: "file:///state" does not fit; ${backendFix}`],
  [
    "pko",
    { backend: "postgres://me:secret@db/state" },
    `--backend: "postgres://...@db/state" does not fit; ${backendFix}`,
  ],
  [
    "pko",
    { backend: "https://api.pulumi.com" },
    '--organization: is missing; stacks of "https://api.pulumi.com" belong to one, for example acme',
    '--secret-env: PULUMI_ACCESS_TOKEN is missing, without which "https://api.pulumi.com" lets nobody in; write PULUMI_ACCESS_TOKEN=<secret>/<key>',
  ],
  [
    "gitlab",
    { organization: "acme" },
    '--organization: "s3://acme-fleet-state?region=eu-west-1" has none; leave it out',
  ],
  [
    "pko",
    { cpu: "half", memory: "1G" },
    '--cpu: "half" does not fit; write the processor time that each workspace asks for, for example 500m',
    '--memory: "1G" does not fit; write the memory that each workspace has, for example 1Gi',
  ],
  [
    "pko",
    { secretEnv: ["PULUMI_CONFIG_PASSPHRASE=hunter2"] },
    '--secret-env: "PULUMI_CONFIG_PASSPHRASE=..." does not fit; write a variable, and the Secret and key that hold its value, for example PULUMI_CONFIG_PASSPHRASE=fleet-state/passphrase',
  ],
  ["pko", { secretEnv: undefined }, `${noPassphrase}<secret>/<key>`],
  ["github", { secretEnv: undefined }, `${noPassphrase}<secret>`],
  [
    "github",
    { secretEnv: ["PULUMI_CONFIG_PASSPHRASE=GITHUB_PASSPHRASE"] },
    '--secret-env: "PULUMI_CONFIG_PASSPHRASE=..." does not fit; write a variable, and the secret of the repository that holds its value, for example PULUMI_CONFIG_PASSPHRASE=FLEET_PASSPHRASE',
  ],
  [
    "github",
    { secretEnv: ["PULUMI_CONFIG_PASSPHRASE=A", "PULUMI_CONFIG_PASSPHRASE=B"] },
    "--secret-env: PULUMI_CONFIG_PASSPHRASE is given twice; write it once",
  ],
  [
    "pko",
    { gitToken: "git/a", gitSshKey: "git/b" },
    "--git-token, --git-ssh-key: write one of them",
    "--git-ssh-key: ",
  ],
  [
    "pko",
    { repo: "git@github.com:acme/fleet.git", gitToken: "git/token" },
    '--git-token: is for a repository at https://; "git@github.com:acme/fleet.git" takes --git-ssh-key',
  ],
  [
    "pko",
    { gitSshKey: "git/key" },
    '--git-ssh-key: is for a repository by SSH; "https://github.com/acme/fleet" takes --git-token',
  ],
  [
    "github",
    { parallel: "0" },
    '--parallel: "0" does not fit; write how many slices are deployed side by side, for example 4',
  ],
  [
    "github",
    { image: "a:1", namespace: "b" },
    "--image: is not for --format github; leave it out",
    "--namespace: is not for --format github; leave it out",
  ],
  [
    "gitlab",
    { secretEnv: ["A=B"], parallel: "4" },
    "--secret-env: is not for --format gitlab; leave it out",
    "--parallel: is not for --format gitlab; leave it out",
  ],
];

describe("options of an engine", () => {
  for (const format of ["pko", "github", "gitlab"] as const)
    it(`of ${format} are taken`, () => {
      assert.deepEqual(problems(format, given[format]), []);
      const token = {
        ...cloud,
        secretEnv: [`PULUMI_ACCESS_TOKEN=${format === "pko" ? "a/b" : "A"}`],
      };
      const own = format === "gitlab" ? cloud : token;
      assert.deepEqual(problems(format, { ...given[format], ...own }), []);
    });

  for (const [format, change, ...said] of wrong)
    it(`of ${format} are refused: ${JSON.stringify(change)}`, () => {
      const all = problems(format, { ...given[format], ...change });
      assert.equal(all.length, said.length, all.join("\n"));
      for (const [i, text] of said.entries())
        // What is left open here is said in full by another row.
        assert.ok(/(?:: |env)$/.test(text) ? all[i]?.startsWith(text) : all[i] === text, all[i]);
    });

  it("need no passphrase where a key service protects the secrets", () => {
    assert.deepEqual(problems("pko", { ...given.pko, secretEnv: undefined }, true), []);
  });

  it("that are missing are named all at once", () => {
    assert.deepEqual(problems("pko", {}), [
      `--repo: is missing; ${repoFix}`,
      "--namespace: is missing; write the namespace of the Stack objects, for example fleet",
      "--service-account: is missing; write the ServiceAccount that deploys, for example fleet",
      `--image: is missing; ${imageFix}`,
      `--backend: is missing; ${backendFix}`,
      "--branch, --commit: write one of them: a commit makes slices wait for the platform of the same commit, a branch is followed by the operator itself",
    ]);
  });

  it("have defaults where help says so", () => {
    const { cpu, memory, secretEnv } = engineOptions("pko", given.pko, passphrase);
    assert.deepEqual([cpu, memory], ["500m", "1Gi"]);
    assert.deepEqual(secretEnv, given.pko.secretEnv);
  });
});
