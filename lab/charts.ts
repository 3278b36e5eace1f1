import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Tools } from "./build/tools";
import { project } from "./settings";

/**
 * Links lab/charts/ to the charts of the pinned ToolHive module, so that stacks/Pulumi.lab.yaml can name
 * them without a path of this machine. Labs that start at the same time share the links: each is replaced at
 * once, never taken away first.
 */
export function linkCharts({ charts }: Tools): void {
  const folder = join(project, "lab", "charts");
  mkdirSync(folder, { recursive: true });
  for (const name of ["operator", "operator-crds"]) {
    const link = join(folder, name);
    const made = `${link}.${process.pid}`;
    rmSync(made, { force: true });
    symlinkSync(join(charts, name), made);
    renameSync(made, link);
  }
}
