import type { EngineFormat } from "./formats";
import { withoutPassword } from "./option-value";

/** What the environment's file says that decides which secrets an engine needs. */
export interface EnvironmentKeys {
  /** Whether a key service protects the secrets of its stacks, rather than a passphrase. */
  readonly keyService: boolean;
}

/** Options as a command line has them, by their names in camel case. */
export type GivenOptions = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What is wrong with options that must fit each other. */
export function together(
  format: EngineFormat,
  given: GivenOptions,
  { keyService }: EnvironmentKeys,
): readonly string[] {
  const { backend: state, branch: tracked, commit, repo, gitToken, gitSshKey } = given;
  const problems: string[] = [];
  const at = withoutPassword(state);
  const has = (text: unknown, start: RegExp): boolean =>
    typeof text === "string" && start.test(text);
  const cloud = has(state, /^https:/);
  if (cloud && given.organization === undefined)
    problems.push(`--organization: is missing; stacks of ${at} belong to one, for example acme`);
  if (!cloud && state !== undefined && given.organization !== undefined)
    problems.push(`--organization: ${at} has none; leave it out`);
  if (format === "gitlab") return problems;
  const variables = [given.secretEnv ?? []].flat().map((text) => text.split("=")[0] ?? "");
  for (const name of new Set(variables.filter((one, i) => variables.indexOf(one) !== i)))
    problems.push(`--secret-env: ${name} is given twice; write it once`);
  const needed = cloud ? "PULUMI_ACCESS_TOKEN" : "PULUMI_CONFIG_PASSPHRASE";
  if (state !== undefined && (cloud || !keyService) && !variables.includes(needed))
    problems.push(
      `--secret-env: ${needed} is missing, without which ${at} ${cloud ? "lets nobody in" : "gives nobody its secrets"}; write ${needed}=${format === "pko" ? "<secret>/<key>" : "<secret>"}`,
    );
  if (format === "github") return problems;
  if ((tracked === undefined) === (commit === undefined))
    problems.push(
      "--branch, --commit: write one of them: a commit makes slices wait for the platform of the same commit, a branch is followed by the operator itself",
    );
  if (gitToken !== undefined && gitSshKey !== undefined)
    problems.push("--git-token, --git-ssh-key: write one of them");
  if (gitToken !== undefined && repo !== undefined && !has(repo, /^https:/))
    problems.push(
      `--git-token: is for a repository at https://; ${withoutPassword(repo)} takes --git-ssh-key`,
    );
  if (gitSshKey !== undefined && has(repo, /^https:/))
    problems.push(
      `--git-ssh-key: is for a repository by SSH; ${withoutPassword(repo)} takes --git-token`,
    );
  return problems;
}
