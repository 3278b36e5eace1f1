import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { stackFile } from "../catalog";

/** What is read of a stack's file. */
export interface StackFile {
  /** Configuration, by keys with their namespace. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Key service that protects the stack's secrets. */
  readonly secretsprovider?: string;
  /** Key of the stack's secrets, encrypted by that service. */
  readonly encryptedkey?: string;
  /** Salt of the passphrase, where one protects the secrets. */
  readonly encryptionsalt?: string;
}

const heading = (environment: string): string =>
  `# One slice of ${environment}: its settings are those of ${environment}. mcp-fleet writes this file.\n`;

/**
 * What the file of a slice's stack must hold: which slice it is, and of the environment's file what is not
 * mcp-fleet's own (the cluster, the protection of secrets).
 */
export function sliceFile(project: string, environment: string, slice: string): string {
  const { config = {}, ...rest } = readStackFile(join(project, stackFile(environment)));
  const { secretsprovider, encryptedkey, encryptionsalt } = rest;
  const others = Object.entries(config).filter(([key]) => !key.startsWith("mcp-fleet:"));
  const content: StackFile = {
    ...(secretsprovider !== undefined && { secretsprovider }),
    ...(encryptedkey !== undefined && { encryptedkey }),
    ...(encryptionsalt !== undefined && { encryptionsalt }),
    config: { "mcp-fleet:slice": { environment, name: slice }, ...Object.fromEntries(others) },
  };
  return heading(environment) + stringify(content);
}

/** Writes the file of a slice's stack. Gives whether it was not so already. */
export function writeSliceFile(
  project: string,
  environment: string,
  slice: string,
  stack: string,
): boolean {
  const file = join(project, stackFile(stack));
  const text = sliceFile(project, environment, slice);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return false;
  writeFileSync(file, text);
  return true;
}

/** A stack's file, which is empty when it holds nothing. */
export function readStackFile(path: string): StackFile {
  return (parse(readFileSync(path, "utf8")) ?? {}) as StackFile;
}
