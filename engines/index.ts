import { toYaml } from "../manifests";
import { githubWorkflow } from "./github";
import { gitlabPipeline } from "./gitlab";
import type { EngineFormat } from "./formats";
import type { EnvironmentKeys, GivenOptions } from "./option-rules";
import { engineOptions } from "./options";
import { pkoStacks } from "./pko";
import type { Fleet } from "./stacks";

export { engineSettings } from "./engine-settings";
export { engineFormats, plainFormats } from "./formats";
export type { EngineFormat } from "./formats";
export type { EnvironmentKeys, GivenOptions } from "./option-rules";
export { EngineOptionsError, noOptions } from "./options";
export { stackNames, stacksJson } from "./stacks";
export type { Fleet, FleetStack } from "./stacks";

/**
 * What an engine needs to run the stacks of an environment, as YAML.
 * @throws {EngineOptionsError} with everything that is wrong with the options.
 */
export function renderEngine(
  format: EngineFormat,
  fleet: Fleet,
  given: GivenOptions,
  environment: EnvironmentKeys,
): string {
  switch (format) {
    case "pko":
      return toYaml(pkoStacks(fleet, engineOptions(format, given, environment)));
    case "github":
      return githubWorkflow(fleet, engineOptions(format, given, environment));
    case "gitlab":
      return gitlabPipeline(fleet, engineOptions(format, given, environment));
  }
}
