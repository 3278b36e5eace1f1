import { prefixed, readSettings, settingProblem, stackKeys } from "./environment";
import { explain } from "./explain";
import { map } from "./field";
import { CatalogueError, show } from "./problem";
import type { Settings } from "./settings";
import { cutText, isSliceOf, sliceStack, sliceStackName } from "./slices";
import type { SliceStack } from "./slices";

const schema = map(
  { description: "Settings of a slice's stack.", example: {} },
  { slice: sliceStack },
);

/** A slice's stack: which slice it holds, and the settings of its environment. */
export interface SliceSettings {
  /** The slice. */
  readonly slice: SliceStack;
  /** Settings of the environment. */
  readonly settings: Settings;
}

/**
 * Checks the settings of a slice's stack, which says nothing but which slice it holds, and reads those of
 * its environment.
 * @param values Settings of the stack, as the engine gives them.
 * @param projectFolder Folder of the project.
 * @param stack Name of the stack.
 * @throws {CatalogueError} with every error, when there is one.
 * @throws {UnreadableError} when the environment has no file.
 */
export function sliceSettings(
  values: Readonly<Record<string, unknown>>,
  projectFolder: string,
  stack: string,
): SliceSettings {
  const { keys, source } = stackKeys(projectFolder, stack);
  // The engine adds the project's defaults of all other keys to those of the file.
  const result = schema.safeParse(keys ?? { slice: values.slice });
  if (!result.success) throw new CatalogueError(prefixed(explain(result.error, source)));
  const { slice } = result.data;
  const { environment, name } = slice;
  const refuse = (key: "name" | "environment", message: string): never => {
    throw new CatalogueError([settingProblem(source, ["slice", key], message)]);
  };
  const settings = readSettings(projectFolder, environment);
  const { slices } = settings;
  const drive = `run mcp-fleet up --env ${environment}, which moves what this stack holds`;
  if (!slices)
    return refuse("environment", `${show(environment)} is not cut into slices; ${drive}`);
  if (!isSliceOf(name, slices))
    return refuse(
      "name",
      `${environment} is cut by ${cutText(slices)}, without ${show(name)}; ${drive}`,
    );
  const own = sliceStackName(environment, name);
  if (own !== stack)
    return refuse(
      "name",
      `is the slice of the stack ${show(own)}, not of ${show(stack)}; write the stack's own`,
    );
  return { slice, settings };
}
