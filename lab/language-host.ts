import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Tools } from "./build/tools";
import { project } from "./settings";

/** Options of the Node language host in Pulumi.yaml (Pulumi docs, "runtime.options"). */
interface RuntimeOptions {
  readonly typescript?: boolean;
  readonly nodeargs?: string;
  readonly tsconfig?: string;
}

/**
 * Makes a folder, to be put before PATH, whose `pulumi-language-nodejs` gives the real host the options of
 * Pulumi.yaml as flags. The host that can be built from modules is so old that it takes them no other way;
 * without this the lab would start the program otherwise than everywhere else.
 */
export function languageHostFolder(folder: string, tools: Tools): string {
  const { runtime } = parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")) as {
    readonly runtime: { readonly options?: RuntimeOptions };
  };
  const flags = Object.entries(runtime.options ?? {})
    .map(([name, value]) => ` '-${name}=${String(value)}'`)
    .join("");
  const bin = join(folder, "bin");
  const file = join(bin, "pulumi-language-nodejs");
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    file,
    `#!/bin/sh\nexec '${tools.program("pulumi-language-nodejs")}'${flags} "$@"\n`,
  );
  chmodSync(file, 0o755);
  return bin;
}
