import { Command, CommanderError, Option } from "commander";
import { CatalogueError, UnreadableError, formatProblems } from "../catalog";
import { RegistryError } from "../registry";
import { check } from "./check";
import type { DriveOptions } from "../drive";
import { EngineOptionsError } from "../engines";
import { exitCode } from "./exit-code";
import { pin } from "./pin";
import { UnwritableError } from "./pin/write";
import { render } from "./render";
import { schema } from "./schema";
import { stackFormats, stacks } from "./stacks";

function program(): Command {
  const command = new Command("mcp-fleet")
    .description("A governed fleet of MCP servers on Kubernetes, from one typed catalogue.")
    .addHelpText("after", "\nExit codes: 0 fine, 1 something found, 2 could not run.")
    .exitOverride();
  command
    .command("check")
    .description("check entries of the catalogue, without cluster or engine")
    .argument("[path...]", "files and folders; default: inventory, or the environment's catalogue")
    .option("--stack <env>", "check for this environment too: tiers, network, quota, secrets")
    .option("--project <dir>", "folder that holds Pulumi.yaml", ".")
    .option("--json", "print the result as JSON")
    .action(check);
  command
    .command("render")
    .description("write the manifests that `pulumi up` would apply, without cluster or engine")
    .argument("[path...]", "files and folders; default: the environment's catalogue")
    .requiredOption("--stack <env>", "environment, whose settings are in stacks/Pulumi.<env>.yaml")
    .requiredOption("--out <dir>", "folder to write to")
    .option("--project <dir>", "folder that holds Pulumi.yaml", ".")
    .option("--json", "print the result as JSON")
    .action(render);
  for (const [verb, description] of [
    ["preview", "show what `up` would change, in every stack of an environment"],
    ["up", "deploy an environment: its platform, then its slices side by side"],
    ["destroy", "take an environment away: its slices, then its platform"],
  ] as const)
    command
      .command(verb)
      .description(description)
      .requiredOption("--env <env>", "environment, whose settings are in stacks/Pulumi.<env>.yaml")
      .option("--parallel <n>", "slices worked on side by side", Number)
      .option("--project <dir>", "folder that holds Pulumi.yaml", ".")
      .option("--json", "print the result as JSON")
      .action(async (options: DriveOptions) => {
        // Only these verbs need the engine's library, which takes longer to load than all else.
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        const { drive } = require("../drive") as typeof import("../drive");
        await drive(verb, options);
      });
  command
    .command("stacks")
    .description("print the stacks of an environment in order, or what an engine needs to run them")
    .requiredOption("--env <env>", "environment, whose settings are in stacks/Pulumi.<env>.yaml")
    .addOption(
      new Option("--format <format>", "what to print").choices(stackFormats).default("names"),
    )
    .option("--write", "write the files of slices that are missing or out of date")
    .option("--project <dir>", "folder that holds Pulumi.yaml", ".")
    .option("--backend <url>", "state backend (pko, github, gitlab)")
    .option("--organization <name>", "organization of Pulumi Cloud (pko, github, gitlab)")
    .option("--branch <name>", "branch that is deployed (pko, github, gitlab)")
    .option("--commit <hash>", "commit that is deployed, in place of a branch (pko)")
    .option("--repo <url>", "repository that holds Pulumi.yaml (pko)")
    .option("--repo-dir <dir>", "its folder that does (pko)")
    .option("--git-token <secret/key>", "where the repository's token is (pko)")
    .option("--git-ssh-key <secret/key>", "where the repository's private key is (pko)")
    .option("--namespace <name>", "namespace of the Stack objects (pko)")
    .option("--service-account <name>", "ServiceAccount that deploys (pko)")
    .option("--image <image>", "image that runs the engine (pko, gitlab)")
    .option("--cpu <quantity>", "what a workspace asks for; 500m (pko)")
    .option("--memory <quantity>", "what a workspace has; 1Gi (pko)")
    .option("--secret-env <variable=secret...>", "where a variable's value is (pko, github)")
    .option("--login <command>", "gives a job its access (github, gitlab)")
    .option("--parallel <n>", "slices deployed side by side (github)")
    .action(stacks);
  command
    .command("pin")
    .description("write every image by the digest that its tag points to")
    .argument("[path...]", "files and folders; default: inventory, or the environment's catalogue")
    .option("--stack <env>", "only what this environment takes, and its platform's images too")
    .option("--project <dir>", "folder that holds Pulumi.yaml", ".")
    .option("--check", "write nothing; exit with 1 when an image is not pinned or has moved")
    .addOption(
      new Option("--update", "write the new digest where a tag has moved").conflicts("check"),
    )
    .option("--json", "print the result as JSON")
    .action(pin);
  command.command("schema").description("print the JSON Schema of an entry").action(schema);
  return command;
}

function fail(error: unknown): number {
  if (error instanceof CatalogueError) {
    console.log(formatProblems(error.problems));
    return exitCode.found;
  }
  // Commander has printed its own message; asking for help is no failure.
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? exitCode.fine : exitCode.failed;
  if (error instanceof RegistryError) {
    console.error(`${error.message}; ${error.fix}`);
    return exitCode.failed;
  }
  const isPlain =
    error instanceof UnreadableError ||
    error instanceof UnwritableError ||
    error instanceof EngineOptionsError;
  console.error(isPlain ? error.message : error);
  return exitCode.failed;
}

program()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = fail(error);
  });
