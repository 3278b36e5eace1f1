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
 * Makes a folder, to be put before PATH, whose `pulumi-language-nodejs` is the lab's host before the real
 * one (language/host.ts), and gives that the options of Pulumi.yaml as flags. The host that can be built
 * from modules is so old that it takes them no other way; without this the lab would start the program
 * otherwise than everywhere else.
 */
export function languageHostFolder(folder: string, tools: Tools): string {
  const { runtime } = parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")) as {
    readonly runtime: { readonly options?: RuntimeOptions };
  };
  const flags = Object.entries(runtime.options ?? {}).map(
    ([name, value]) => `-${name}=${String(value)}`,
  );
  const bin = join(folder, "bin");
  const file = join(bin, "pulumi-language-nodejs");
  mkdirSync(bin, { recursive: true });
  const command = [
    process.execPath,
    "--require",
    require.resolve("esbuild-register"),
    join(project, "lab", "language", "host.ts"),
    tools.program("pulumi-language-nodejs"),
    ...flags,
  ];
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  writeFileSync(file, `#!/bin/sh\nexec ${quoted} "$@"\n`);
  chmodSync(file, 0o755);
  return bin;
}
