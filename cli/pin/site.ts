import { join } from "node:path";
import { CatalogueError, checkCatalogue, formatPath, parseImage } from "../../catalog";
import type { ImageReference, Position, Problem, Settings } from "../../catalog";
import { parseYaml } from "../../catalog/document";
import type { YamlDocument } from "../../catalog/document";
import { readSources } from "../../catalog/files";
import { takes } from "../../catalog/settings";
import { chartImage } from "./chart-images";
import { imagePath, programs, settingsToPin } from "./settings";
import type { SettingsToPin } from "./settings";

/** A file that names images. */
export interface PinFile {
  /** Name for messages. */
  readonly name: string;
  /** Where it is. */
  readonly path: string;
  /** Its text, without a byte order mark. */
  readonly text: string;
}

/** A place that names an image, or may name one. */
export interface PinSite {
  /** The file. */
  readonly file: PinFile;
  /** Where the image stands in it; the nearest place above it, when it does not. */
  readonly position: Position;
  /** Path to the value in the file. */
  readonly path: readonly string[];
  /** Name of the field, for messages. */
  readonly field: string;
  /** The image that is named, or runs because none is. */
  readonly image: string;
  /** Its parts. */
  readonly reference: ImageReference;
  /** Whether the file does not name it. */
  readonly absent: boolean;
}

/** What may be pinned. */
export interface PinScope {
  /** Files and folders with entries; none for those of the environment, or of the shipped inventory. */
  readonly paths: readonly string[];
  /** Environment whose entries and platform are meant. */
  readonly stack?: string;
  /** Folder that holds Pulumi.yaml. */
  readonly project: string;
}

/**
 * Every place that names an image: of the entries that run one, and with an environment of its platform.
 * @throws {CatalogueError} when the entries or the settings have errors of their own.
 * @throws {UnreadableError} when a path does not exist or may not be read.
 */
export function pinSites({ paths, stack, project }: PinScope): readonly PinSite[] {
  const environment = stack === undefined ? undefined : settingsToPin(project, stack);
  const settings = environment?.settings;
  const own = (settings?.catalogue ?? ["inventory"]).map((path) => join(project, path));
  return [
    ...entrySites(paths.length > 0 ? paths : own, settings),
    ...(environment ? platformSites(environment, project) : []),
  ];
}

function entrySites(paths: readonly string[], settings?: Settings): readonly PinSite[] {
  // Not for the environment: it may refuse the very images that are to be pinned.
  const errors = checkCatalogue(paths).problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new CatalogueError(errors);
  return readSources(paths).files.flatMap(({ file, text }) => {
    const { document } = parseYaml(file, text);
    const entry = document?.value as { kind?: unknown; name?: string; image?: unknown } | undefined;
    if (!document || entry?.kind !== "Server" || typeof entry.image !== "string") return [];
    if (settings && !takes(settings, entry.name)) return [];
    const source = { name: file, path: file, text };
    return [site(source, document, ["image"], { field: "image", image: entry.image })];
  });
}

function platformSites(environment: SettingsToPin, project: string): readonly PinSite[] {
  const { settings, images, document, name, path, text } = environment;
  const source = { name, path, text };
  const problems: Problem[] = [];
  const sites = programs.flatMap((program) => {
    const { [program]: own } = images;
    const { image, problem } =
      typeof own === "string" ? { image: own } : chartImage(program, settings.platform, project);
    if (problem) {
      problems.push({
        file: name,
        position: document.locate(["config", "mcp-fleet:platform", ...problem.path]),
        path: `mcp-fleet:${formatPath(["platform", ...problem.path])}`,
        message: problem.message,
        severity: "error",
      });
      return [];
    }
    const field = `mcp-fleet:platform.images.${program}`;
    const absent = own === undefined;
    return [site(source, document, imagePath(program), { field, image, absent })];
  });
  if (problems.length > 0) throw new CatalogueError(problems);
  return sites;
}

interface Named {
  readonly field: string;
  readonly image: string;
  readonly absent?: boolean;
}

function site(
  file: PinFile,
  document: YamlDocument,
  path: readonly string[],
  { field, image, absent = false }: Named,
): PinSite {
  const reference = parseImage(image);
  // Both the catalogue and the settings have been checked.
  if (!reference) throw new TypeError(`${field}: ${image} is no image`);
  return { file, position: document.locate(path), path, field, image, reference, absent };
}
