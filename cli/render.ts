import { join } from "node:path";
import { CatalogueError, loadCatalogue, readSettings, stackFile } from "../catalog";
import { renderFiles } from "../manifests";
import { count } from "./check";
import { writeTree } from "./tree";

/** Options of `mcp-fleet render`. */
export interface RenderOptions {
  /** Environment, whose settings are in `stacks/Pulumi.<stack>.yaml`. */
  readonly stack: string;
  /** Folder to write to. */
  readonly out: string;
  /** Folder that holds Pulumi.yaml. */
  readonly project: string;
  /** Print the result as JSON. */
  readonly json?: boolean;
}

/**
 * `mcp-fleet render`: writes the manifests that the components would apply, a file for each entry and
 * each tier. Nothing is written when anything is wrong.
 */
export function render(paths: readonly string[], options: RenderOptions): void {
  const { stack, out, project, json = false } = options;
  const settings = readSettings(project, stack);
  const { apiServer } = settings.network;
  if (!apiServer)
    throw new CatalogueError([
      {
        file: stackFile(stack),
        path: "mcp-fleet:network.apiServer",
        message:
          "is missing, and there is no cluster to ask; write where the API server answers, for example [{ cidr: 10.0.0.1/32, port: 6443 }]",
        severity: "error",
      },
    ]);
  const own = settings.catalogue.map((path) => join(project, path));
  const entries = loadCatalogue(paths.length > 0 ? paths : own, settings, (note) => {
    console.error(note);
  });
  const files = renderFiles(entries, settings, apiServer);
  const { written, removed } = writeTree(out, files);
  if (json)
    console.log(JSON.stringify({ files: [...files.keys()], written, removed }, undefined, 2));
  else
    console.log(
      `${count(files.size, "file", "files")} in ${out}: ${written.length} written, ${files.size - written.length} as they were, ${removed.length} removed`,
    );
}
