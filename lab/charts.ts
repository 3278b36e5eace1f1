import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Tools } from "./build/tools";
import { project } from "./settings";

/**
 * Links lab/charts/ to the charts of the pinned ToolHive module, so that stacks/Pulumi.lab.yaml can name
 * them without a path of this machine.
 */
export function linkCharts({ charts }: Tools): void {
  const folder = join(project, "lab", "charts");
  mkdirSync(folder, { recursive: true });
  for (const name of ["operator", "operator-crds"]) {
    const link = join(folder, name);
    rmSync(link, { force: true, recursive: true });
    symlinkSync(join(charts, name), link);
  }
}
