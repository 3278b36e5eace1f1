import { deployScript } from "./deploy-script";
import { engineSettings } from "./engine-settings";
import { EngineOptionsError } from "./options";
import type { EngineOptions } from "./options";
import { secretVariable } from "./secret-variables";
import { qualified } from "./stacks";
import type { Fleet } from "./stacks";
import { workflowText } from "./workflow-text";

type GithubOptions = EngineOptions["github"];

/** Most jobs of a matrix (GitHub, "Running variations of jobs in a workflow"). */
const maxJobs = 256;

/**
 * A workflow of GitHub Actions: the platform, then every slice in a job of its own. It lists the slices anew
 * in each run, so that it stays as it is when they change.
 * @throws {EngineOptionsError} when there are more slices than a matrix may have jobs.
 */
export function githubWorkflow(fleet: Fleet, options: GithubOptions): string {
  const { environment, platform, slices } = fleet;
  if (slices.length > maxJobs)
    throw new EngineOptionsError([
      `${environment} has ${slices.length} slices, and a matrix of GitHub Actions at most ${maxJobs} jobs; cut it by hash`,
    ]);
  const { branch, organization, parallel } = options;
  const list = "needs.plan.outputs.stacks";
  return workflowText(environment, "github", {
    name: `mcp-fleet ${environment}`,
    on: {
      push: { branches: [branch] },
      pull_request: { branches: [branch] },
      workflow_dispatch: {},
    },
    permissions: { contents: "read" },
    concurrency: {
      // Each pull request is shown by itself; what is deployed waits for what is being deployed.
      group: `mcp-fleet-${environment}-\${{ github.event.pull_request.number || 'deploy' }}`,
      "cancel-in-progress": false,
    },
    jobs: {
      plan: {
        "runs-on": "ubuntu-latest",
        outputs: { stacks: "${{ steps.stacks.outputs.stacks }}" },
        steps: [
          ...checkout,
          { run: `npx mcp-fleet check --stack ${environment}` },
          {
            id: "stacks",
            run: `stacks=$(npx mcp-fleet stacks --env ${environment} --format json)\necho "stacks=$stacks" >> "$GITHUB_OUTPUT"\n`,
          },
        ],
      },
      platform: {
        needs: "plan",
        "runs-on": "ubuntu-latest",
        steps: deploySteps(qualified(platform.stack, organization), options),
      },
      slices: {
        needs: ["plan", "platform"],
        // GitHub refuses a matrix without values.
        if: `toJSON(fromJSON(${list}).slices) != '[]'`,
        name: "${{ matrix.slice.stack }}",
        "runs-on": "ubuntu-latest",
        strategy: {
          "fail-fast": false,
          ...(parallel !== undefined && { "max-parallel": Number(parallel) }),
          matrix: { slice: `\${{ fromJSON(${list}).slices }}` },
        },
        steps: deploySteps(qualified("${{ matrix.slice.stack }}", organization), options),
      },
    },
  });
}

const checkout: readonly object[] = [
  { uses: "actions/checkout@v5", with: { "persist-credentials": false } },
  { uses: "actions/setup-node@v5", with: { "node-version": 22, cache: "npm" } },
  { run: "npm ci" },
];

function deploySteps(stack: string, options: GithubOptions): readonly object[] {
  // Not of the whole job: what `npm ci` runs has no business with secrets.
  const env = { STACK: stack, ...variables(options) };
  return [
    ...checkout,
    { uses: "pulumi/actions@v6" },
    { name: "Log in", env, run: options.login },
    { name: "Deploy, or show", env, run: deployScript },
  ];
}

function variables({ backend, secretEnv }: GithubOptions): Readonly<Record<string, string>> {
  const secrets = secretEnv.map(secretVariable);
  return {
    APPLY: "${{ github.event_name != 'pull_request' }}",
    PULUMI_BACKEND_URL: backend,
    ...engineSettings,
    ...Object.fromEntries(
      secrets.map(({ variable, secret }) => [variable, `\${{ secrets.${secret} }}`]),
    ),
  };
}
