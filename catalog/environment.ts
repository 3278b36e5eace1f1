import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chartProblems } from "./chart";
import { parseYaml } from "./document";
import type { Path, YamlDocument } from "./document";
import { explain, formatPath } from "./explain";
import type { Located } from "./explain";
import { UnreadableError } from "./files";
import { CatalogueError, show } from "./problem";
import type { Problem } from "./problem";
import { settingFindings } from "./setting-rules";
import { settingsSchema } from "./settings";
import type { Settings } from "./settings";

/** Prefix of this project's keys in a stack's configuration. */
const namespacePrefix = "mcp-fleet:";

/** The file of an environment's settings, counted from the project's folder. */
export function stackFile(environment: string): string {
  return join("stacks", `Pulumi.${environment}.yaml`);
}

/**
 * Reads and checks the settings of an environment from its stack file, without the Pulumi engine.
 * @throws {CatalogueError} with every error, when there is one.
 * @throws {UnreadableError} when there is no such file.
 */
export function readSettings(projectFolder: string, environment: string): Settings {
  const file = stackFile(environment);
  const document = readStackFile(projectFolder, file);
  if (!document) throw new UnreadableError(file, { code: "ENOENT" });
  return checkSettings(ownConfig(file, document), projectFolder, inStackFile(file, document));
}

/** The keys of a stack's file that are ours, without their prefix. */
function ownConfig(file: string, document: YamlDocument): Readonly<Record<string, unknown>> {
  const config: unknown = (document.value as { readonly config?: unknown } | null)?.config ?? {};
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw new CatalogueError([
      {
        file,
        position: document.locate(["config"]),
        path: "config",
        message: `${show(config)} does not fit; write a map with the keys of the settings`,
        severity: "error",
      },
    ]);
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(namespacePrefix))
      .map(([key, value]) => [key.slice(namespacePrefix.length), value] as const),
  );
}

/**
 * Checks settings that the Pulumi engine has read; the stack file, where there is one, only tells places.
 * @throws {CatalogueError} with every error, when there is one.
 */
export function settingsFromConfig(
  values: Readonly<Record<string, unknown>>,
  projectFolder: string,
  environment: string,
): Settings {
  const file = stackFile(environment);
  const document = readStackFile(projectFolder, file);
  return checkSettings(values, projectFolder, inStackFile(file, document));
}

/** What a stack's file says, and where. */
export interface StackKeys {
  /** Our keys without their prefix; none when there is no file. */
  readonly keys?: Readonly<Record<string, unknown>>;
  /** Tells where they stand. */
  readonly source: Located;
}

/**
 * Our keys in a stack's file, if there is one.
 * @throws {CatalogueError} when it is not a stack's file.
 */
export function stackKeys(projectFolder: string, stack: string): StackKeys {
  const file = stackFile(stack);
  const document = readStackFile(projectFolder, file);
  const source = inStackFile(file, document);
  return document ? { keys: ownConfig(file, document), source } : { source };
}

function readStackFile(projectFolder: string, file: string): YamlDocument | undefined {
  const path = join(projectFolder, file);
  if (!existsSync(path)) return undefined;
  const { document, problems } = parseYaml(file, readFileSync(path, "utf8"));
  if (!document) throw new CatalogueError(problems);
  return document;
}

function inStackFile(file: string, document: YamlDocument | undefined): Located {
  const map = ([first, ...rest]: Path): Path => ["config", `${namespacePrefix}${first}`, ...rest];
  return {
    file,
    locate: (path) => document?.locate(map(path)),
    locateKey: (path) => document?.locateKey(map(path)),
  };
}

function checkSettings(
  values: Readonly<Record<string, unknown>>,
  projectFolder: string,
  source: Located,
): Settings {
  const result = settingsSchema.safeParse(values);
  if (!result.success) throw new CatalogueError(prefixed(explain(result.error, source)));
  const findings = [...settingFindings(result.data), ...chartProblems(result.data, projectFolder)];
  if (findings.length > 0)
    throw new CatalogueError(
      findings.map(({ path, message }) => settingProblem(source, path, message)),
    );
  sources.set(result.data, source);
  return result.data;
}

// Where settings came from, for what is only found together with the catalogue.
const sources = new WeakMap<Settings, Located>();

/** An error about a setting, with its place where the settings were read from a file. */
export function locateSetting(settings: Settings, path: Path, message: string): Problem {
  const unknown: Located = {
    file: "settings",
    locate: () => undefined,
    locateKey: () => undefined,
  };
  return settingProblem(sources.get(settings) ?? unknown, path, message);
}

/** An error about a setting, with its place. */
export function settingProblem(source: Located, path: Path, message: string): Problem {
  return {
    file: source.file,
    position: source.locate(path),
    path: `${namespacePrefix}${formatPath(path)}`,
    message,
    severity: "error",
  };
}

/** The same problems, with paths as they stand in a stack's file. */
export function prefixed(problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, path: `${namespacePrefix}${problem.path}` }));
}
