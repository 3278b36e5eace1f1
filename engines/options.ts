import { z } from "zod";
import type { EngineFormat, PlainFormat } from "./formats";
import { together } from "./option-rules";
import type { EnvironmentKeys, GivenOptions } from "./option-rules";
import { value, withoutPassword, withoutValue } from "./option-value";
import { actionsSecretVariable, secretKey, secretKeyVariable } from "./secret-variables";

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
const image = (example: string) =>
  value(
    "the image that runs the engine, by tag or digest",
    example,
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
    // The operator runs it as user 1000.
    image: image("pulumi/pulumi:3.259.0-nonroot"),
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
  gitlab: z.strictObject({
    branch,
    backend,
    organization,
    login,
    image: image("pulumi/pulumi-nodejs:3.259.0"),
  }),
};

/**
 * Checks that nothing is given of which a plain list takes no notice.
 * @throws {EngineOptionsError} with every such option.
 */
export function noOptions(format: PlainFormat, given: GivenOptions): void {
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
