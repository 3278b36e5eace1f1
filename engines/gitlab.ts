import { deployScript } from "./deploy-script";
import { engineSettings } from "./engine-settings";
import { EngineOptionsError } from "./options";
import type { EngineOptions } from "./options";
import { qualified } from "./stacks";
import type { Fleet } from "./stacks";
import { workflowText } from "./workflow-text";

type GitlabOptions = EngineOptions["gitlab"];

/** Most jobs of `parallel:matrix` (GitLab, "CI/CD YAML syntax reference"). */
const maxJobs = 200;

/**
 * A pipeline of GitLab: the platform, then every slice in a job of its own. A matrix of GitLab holds its values
 * itself, so it must be written anew when the slices change.
 * @throws {EngineOptionsError} when there are more slices than a matrix may have jobs.
 */
export function gitlabPipeline(fleet: Fleet, options: GitlabOptions): string {
  const { environment, platform, slices } = fleet;
  const { branch, organization, backend, image, login } = options;
  if (slices.length > maxJobs)
    throw new EngineOptionsError([
      `${environment} has ${slices.length} slices, and a matrix of GitLab at most ${maxJobs} jobs; cut it by hash`,
    ]);
  const rules = [
    { if: '$CI_PIPELINE_SOURCE == "merge_request_event"', variables: { APPLY: "false" } },
    { if: `$CI_COMMIT_BRANCH == "${branch}"`, variables: { APPLY: "true" } },
  ];
  const deploy = {
    // One at a time, from whatever pipeline: else the second is refused by the lock of the first.
    resource_group: "mcp-fleet/$STACK",
    // A job that is cancelled leaves its stack locked.
    interruptible: false,
    rules,
    script: [login, deployScript],
  };
  const stacks = slices.map(({ stack }) => qualified(stack, organization));
  return workflowText(environment, "gitlab", {
    stages: ["plan", "platform", ...(stacks.length > 0 ? ["slices"] : [])],
    variables: { PULUMI_BACKEND_URL: backend, ...engineSettings },
    default: { image, before_script: ["npm ci"] },
    plan: {
      stage: "plan",
      rules,
      script: [`npx mcp-fleet check --stack ${environment}`, sameStacks(fleet)],
    },
    platform: {
      stage: "platform",
      variables: { STACK: qualified(platform.stack, organization) },
      ...deploy,
    },
    ...(stacks.length > 0 && {
      slices: { stage: "slices", parallel: { matrix: [{ STACK: stacks }] }, ...deploy },
    }),
  });
}

/** Ends a pipeline that was written for other stacks than the environment has now. */
function sameStacks({ environment, platform, slices }: Fleet): string {
  const names = [platform, ...slices].map(({ stack }) => stack).join(" ");
  const command = `mcp-fleet stacks --env ${environment}`;
  return `stacks=$(npx ${command})
if [ "$(echo $stacks)" != "${names}" ]; then
  echo "${environment} has other stacks than this pipeline; write it again: ${command} --format gitlab"
  exit 1
fi
`;
}
