import { z } from "zod";
import { show } from "../catalog";
import { actionsSecretVariable, secretKey, secretKeyVariable } from "./secret-variables";

/** What `mcp-fleet stacks` can print for an engine. */
export const engineFormats = ["pko", "github", "gitlab"] as const;

/** What it can print for people and programs. */
export const plainFormats = ["names", "json"] as const;

/** An engine that runs stacks. */
export type EngineFormat = (typeof engineFormats)[number];

/** Text of one option; `expects` and `example` are what its errors tell to write. */
function value(expects: string, example: string, pattern: RegExp, shown: typeof show = show) {
  const fix = `write ${expects}, for example ${example}`;
  const error = ({ input }: { readonly input?: unknown }): string =>
    input === undefined ? `is missing; ${fix}` : `${shown(input)} does not fit; ${fix}`;
  return z.string({ error }).regex(pattern, { error });
}

/** A text that may be an address with a password in it, which must not come into a log. */
function withoutPassword(input: unknown): string {
  return show(typeof input === "string" ? input.replace(/\/\/[^/]*@/, "//...@") : input);
}

/** A text that may be a secret value, where its place was to be named. */
function withoutValue(input: unknown): string {
  const [variable = "", secret] = typeof input === "string" ? input.split("=") : [];
  return secret === undefined ? "what is given" : show(`${variable}=...`);
}

const dnsLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const word = /^[\w.-]+$/;

// A file is not here: the disk of a pod or a runner is gone with it, and the state too.
const backend = value(
  "the state backend, which every pod or job must reach, without a password in it",
  "s3://acme-fleet-state?region=eu-west-1",
  /^(?:https|s3|azblob|gs):\/\/[^\s@]+$/,
  withoutPassword,
);
const organization = value("the organization of Pulumi Cloud", "acme", word).optional();
const branch = value(
  "the branch that is deployed",
  "main",
  /^(?!.*(?:\.\.|\/\/))[\w][\w./-]*[\w]$|^\w$/,
);
const image = value(
  "the image that runs the engine, by tag or digest",
  "pulumi/pulumi-nodejs:3.259.0",
  /^[\w./-]+(?::\d+)?[\w./-]*(?::[\w.-]+|@sha256:[0-9a-f]{64})$/,
);
const login = value(
  "the command that gives a job its access to the cluster and to the state",
  "./ci/login",
  /^\S(?:.*\S)?$/,
);

const schemas = {
  pko: z.strictObject({
    repo: value(
      "the repository that holds Pulumi.yaml",
      "https://github.com/acme/fleet",
      /^(?:https:\/\/[^\s@]+|ssh:\/\/\S+|[\w.-]+@[\w.-]+:\S+)$/,
      withoutPassword,
    ),
    repoDir: value(
      "the folder of Pulumi.yaml, counted from the repository's root",
      "fleet",
      /^(?!.*\.\.)[\w.-]+(?:\/[\w.-]+)*\/?$/,
    ).optional(),
    branch: branch.optional(),
    commit: value(
      "the whole hash of the commit that is deployed",
      "8d3f1c0a5b7e9f2d4c6a8b0e1f3d5c7a9b2e4f60",
      /^[0-9a-f]{40}$/,
    ).optional(),
    namespace: value("the namespace of the Stack objects", "fleet", dnsLabel),
    serviceAccount: value("the ServiceAccount that deploys", "fleet", dnsLabel),
    image,
    backend,
    organization,
    cpu: value(
      "the processor time that each workspace asks for",
      "500m",
      /^\d+(?:\.\d+|m)?$/,
    ).default("500m"),
    memory: value("the memory that each workspace has", "1Gi", /^[1-9]\d*(?:Mi|Gi)$/).default(
      "1Gi",
    ),
    secretEnv: z
      .array(
        value(
          "a variable, and the Secret and key that hold its value",
          "PULUMI_CONFIG_PASSPHRASE=fleet-state/passphrase",
          secretKeyVariable,
          withoutValue,
        ),
      )
      .default([]),
    gitToken: value(
      "the Secret and key that hold the repository's token",
      "fleet-git/token",
      secretKey,
      withoutValue,
    ).optional(),
    gitSshKey: value(
      "the Secret and key that hold the repository's private key",
      "fleet-git/key",
      secretKey,
      withoutValue,
    ).optional(),
  }),
  github: z.strictObject({
    branch,
    backend,
    organization,
    login,
    parallel: value("how many slices are deployed side by side", "4", /^[1-9]\d{0,2}$/).optional(),
    secretEnv: z
      .array(
        value(
          "a variable, and the secret of the repository that holds its value",
          "PULUMI_CONFIG_PASSPHRASE=FLEET_PASSPHRASE",
          actionsSecretVariable,
          withoutValue,
        ),
      )
      .default([]),
  }),
  gitlab: z.strictObject({ branch, backend, organization, login, image }),
};

/**
 * Checks that nothing is given of which a plain list takes no notice.
 * @throws {EngineOptionsError} with every such option.
 */
export function noOptions(format: (typeof plainFormats)[number], given: GivenOptions): void {
  const present = Object.keys(given).filter((key) => given[key] !== undefined);
  if (present.length > 0) throw new EngineOptionsError(present.map((key) => notFor(key, format)));
}

/** Options of each engine. */
export type EngineOptions = {
  readonly [F in EngineFormat]: Readonly<z.output<(typeof schemas)[F]>>;
};

/** Raised when options do not fit the engine; it names all of them at once. */
export class EngineOptionsError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "EngineOptionsError";
  }
}

/** What the environment's file says that decides which secrets an engine needs. */
export interface EnvironmentKeys {
  /** Whether a key service protects the secrets of its stacks, rather than a passphrase. */
  readonly keyService: boolean;
}

/** Options as a command line has them, by their names in camel case. */
export type GivenOptions = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Checks the options of an engine.
 * @throws {EngineOptionsError} with everything that is missing, does not fit or is not for this engine.
 */
export function engineOptions<F extends EngineFormat>(
  format: F,
  given: GivenOptions,
  environment: EnvironmentKeys,
): EngineOptions[F] {
  const present = Object.fromEntries(
    Object.entries(given).filter(([, text]) => text !== undefined),
  );
  const result = schemas[format].safeParse(present);
  const problems = [
    ...(result.success ? [] : result.error.issues.flatMap((issue) => issueTexts(issue, format))),
    ...together(format, given, environment),
  ];
  if (problems.length > 0 || !result.success) throw new EngineOptionsError(problems);
  return result.data as EngineOptions[F];
}

function issueTexts(issue: z.core.$ZodIssue, format: EngineFormat): readonly string[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => notFor(key, format));
  return [`${flag(String(issue.path[0]))}: ${issue.message}`];
}

function notFor(key: string, format: string): string {
  return `${flag(key)}: is not for --format ${format}; leave it out`;
}

/** The name of an option on the command line. */
function flag(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** What is wrong with options that must fit each other. */
function together(
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
