import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { stackFile } from "../catalog";

interface StackFile {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secretsprovider?: string;
  readonly encryptedkey?: string;
  readonly encryptionsalt?: string;
}

const heading = (environment: string): string =>
  `# One slice of ${environment}: its settings are those of ${environment}. mcp-fleet writes this file.\n`;

/**
 * Writes the file of a slice's stack: which slice it is, and of the environment's file what is not
 * mcp-fleet's own (the cluster, the protection of secrets). Gives whether it was not so already.
 */
export function writeSliceFile(
  project: string,
  environment: string,
  slice: string,
  stack: string,
): boolean {
  const file = join(project, stackFile(stack));
  const { config = {}, ...rest } = readStackFile(join(project, stackFile(environment)));
  const { secretsprovider, encryptedkey, encryptionsalt } = rest;
  const others = Object.entries(config).filter(([key]) => !key.startsWith("mcp-fleet:"));
  const content: StackFile = {
    ...(secretsprovider !== undefined && { secretsprovider }),
    ...(encryptedkey !== undefined && { encryptedkey }),
    ...(encryptionsalt !== undefined && { encryptionsalt }),
    config: { "mcp-fleet:slice": { environment, name: slice }, ...Object.fromEntries(others) },
  };
  const text = heading(environment) + stringify(content);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return false;
  writeFileSync(file, text);
  return true;
}

function readStackFile(path: string): StackFile {
  return (parse(readFileSync(path, "utf8")) ?? {}) as StackFile;
}
