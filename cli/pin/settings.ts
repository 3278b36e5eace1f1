import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CatalogueError,
  UnreadableError,
  parseImage,
  readSettings,
  settingsFromConfig,
  stackFile,
  valueAt,
} from "../../catalog";
import type { Settings } from "../../catalog";
import { parseYaml } from "../../catalog/document";
import type { YamlDocument } from "../../catalog/document";

/** ToolHive's own programs, each of which has an image in the settings. */
export const programs = ["operator", "proxyrunner", "vmcp"] as const;

/** One of ToolHive's own programs. */
export type Program = (typeof programs)[number];

/** Path of a program's image in a stack file. */
export function imagePath(program: Program): readonly string[] {
  return ["config", "mcp-fleet:platform", "images", program];
}

/** The settings of an environment whose images are to be pinned. */
export interface SettingsToPin {
  /** The settings; in place of an image without a digest one may stand that has one. */
  readonly settings: Settings;
  /** Name of the stack file, for messages. */
  readonly name: string;
  /** Where it is. */
  readonly path: string;
  /** Its text, without a byte order mark. */
  readonly text: string;
  /** Its content. */
  readonly document: YamlDocument;
  /** The images that it names. */
  readonly images: Readonly<Record<Program, unknown>>;
}

/**
 * Reads an environment's settings, and lets pass what pinning mends: that an image has no digest.
 * @throws {CatalogueError} when anything else is wrong with them.
 * @throws {UnreadableError} when there is no such file.
 */
export function settingsToPin(project: string, stack: string): SettingsToPin {
  const name = stackFile(stack);
  const path = join(project, name);
  const text = readText(path, name);
  const { document, problems } = parseYaml(name, text);
  if (!document) throw new CatalogueError(problems);
  const { value } = document;
  const [operator, proxyrunner, vmcp] = programs.map((program) =>
    valueAt(value, imagePath(program)),
  );
  const images = { operator, proxyrunner, vmcp };
  const read = (): Settings => {
    try {
      return readSettings(project, stack);
    } catch (error) {
      if (!(error instanceof CatalogueError && error.problems.every(isAboutImages))) throw error;
      return settingsFromConfig(asPinned(value, images), project, stack);
    }
  };
  return { settings: read(), name, path, text, document, images };
}

function isAboutImages({ path }: { readonly path: string }): boolean {
  return path.startsWith("mcp-fleet:platform.images");
}

const anyDigest = `sha256:${"0".repeat(64)}`;

/** The values of a stack file as they would be with digests; what is wrong otherwise stays to be refused. */
function asPinned(value: unknown, images: SettingsToPin["images"]): Record<string, unknown> {
  const config = Object.entries(valueAt(value, ["config"]) as Readonly<Record<string, unknown>>);
  const own = config.flatMap(([key, setting]) =>
    key.startsWith("mcp-fleet:") ? [[key.slice("mcp-fleet:".length), setting] as const] : [],
  );
  const values: Readonly<Record<string, unknown>> = Object.fromEntries(own);
  const platform = (values.platform ?? {}) as Readonly<Record<string, unknown>>;
  const { images: named = {} } = platform;
  if (typeof named !== "object" || named === null || Array.isArray(named)) return { ...values };
  const pinned = programs.map((program) => {
    const { [program]: image = program } = images;
    const reference = typeof image === "string" ? parseImage(image) : undefined;
    const isBare = reference && reference.digest === undefined;
    return [program, isBare ? `${image as string}@${anyDigest}` : image] as const;
  });
  return {
    ...values,
    platform: { ...platform, images: { ...named, ...Object.fromEntries(pinned) } },
  };
}

function readText(path: string, name: string): string {
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UnreadableError(name, error);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const message = "this is not UTF-8 text; save it as UTF-8";
    throw new CatalogueError([{ file: name, path: "", message, severity: "error" }]);
  }
}
