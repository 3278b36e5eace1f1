import { spawn } from "node:child_process";
import { mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import type { Tools } from "../build/tools";
import { cacheKey, damage, notBuilt, publish, sweep } from "../build/cache";
import { LabError } from "../problem";
import { Progress } from "../progress";
import type { ProgressLine } from "../progress";
import { answers } from "../run/health";
import { freePorts } from "../run/ports";
import type { LabSettings } from "../settings";
import { Buildah } from "./buildah";
import {
  commonContent,
  entrypoint,
  nodeContent,
  programsContent,
  serversContent,
  toolContent,
} from "./contents";
import { labImages } from "./table";
import type { LabImage } from "./table";

/** Program of the registry. */
export const registryProgram = "docker-registry";

/**
 * Finds the images of the lab in the cache, or builds them; gives the folder that a registry serves.
 * @throws {LabError} when they cannot be built.
 */
export async function findImages(settings: LabSettings, tools: Tools): Promise<string> {
  const cache = join(settings.cache, "images");
  const folder = join(cache, key(settings, tools));
  const lacks = damage(folder);
  if (lacks === undefined) return folder;
  if (lacks !== notBuilt)
    process.stderr.write(`  ! images in the cache are half built (${lacks}): again\n`);
  mkdirSync(cache, { recursive: true });
  sweep(cache);
  const line = new Progress().start("images", "building");
  const half = `${folder}.${process.pid}`;
  try {
    await buildAll(half, tools, line);
    publish(half, folder);
  } catch (error) {
    line.failed("failed");
    rmSync(half, { recursive: true, force: true });
    throw error;
  }
  line.done(`${labImages.length} built`);
  return folder;
}

/** What a registry is told: it serves what is there, and takes something new only when it may write. */
export function registryConfig(folder: string, address: string, writable: boolean): string {
  return stringify({
    version: "0.1",
    log: { level: "warn", accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: folder },
      maintenance: { readonly: { enabled: !writable } },
    },
    http: { addr: address },
  });
}

function key(settings: LabSettings, tools: Tools): string {
  const programs = labImages.flatMap(({ content }) =>
    "tool" in content ? relative(settings.cache, tools.program(content.tool)) : [],
  );
  return cacheKey(__dirname, [process.version, ...programs]);
}

async function buildAll(folder: string, tools: Tools, line: ProgressLine): Promise<void> {
  const work = `${folder}-work.${process.pid}`;
  const log = `${folder.replace(/\.\d+$/, "")}.log`;
  mkdirSync(work, { recursive: true });
  writeFileSync(log, "");
  const [port = 0] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  const config = join(work, "registry.yaml");
  writeFileSync(config, registryConfig(folder, address, true));
  const output = openSync(log, "a");
  const registry = spawn(registryProgram, ["serve", config], { stdio: ["ignore", output, output] });
  try {
    await listening(address, log);
    const buildah = new Buildah(join(work, "buildah"), log);
    const base = await nodeImage(buildah, work);
    for (const image of labImages) {
      line.update(image.reference);
      const made = await one(buildah, image, base, work, tools);
      await buildah.push(made, `${address}/${image.reference}`);
    }
  } finally {
    registry.kill();
    rmSync(work, { recursive: true, force: true });
  }
}

async function listening(address: string, log: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await answers(`http://${address}/v2/`)) return;
    await sleep(100);
  }
  throw new LabError("The registry for the images did not start.", "The log may say why.", log);
}

/** One image that all images on Node stand on: their content differs in nothing but what is run. */
async function nodeImage(buildah: Buildah, work: string): Promise<string> {
  const root = join(work, "node");
  commonContent(root);
  await nodeContent(root);
  const programs = labImages.flatMap(({ content }) =>
    "program" in content ? content.program : [],
  );
  await Promise.all([serversContent(root), programsContent(root, programs)]);
  return await buildah.build("scratch", root, { entrypoint: ["/usr/local/bin/node"], labels: {} });
}

async function one(
  buildah: Buildah,
  { content, substitute, reference }: LabImage,
  base: string,
  work: string,
  tools: Tools,
): Promise<string> {
  const config = {
    entrypoint: entrypoint(content),
    labels: {
      "dev.mcp-fleet.lab.substitute": substitute,
      "dev.mcp-fleet.lab.reference": reference,
    },
  };
  if (!("tool" in content)) return await buildah.build(base, undefined, config);
  const root = join(work, content.tool);
  commonContent(root);
  toolContent(root, content.tool, tools);
  return await buildah.build("scratch", root, config);
}
