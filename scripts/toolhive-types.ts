/**
 * Writes manifests/toolhive/generated/ from the CRDs of the pinned ToolHive module (lab/tools/toolhive):
 * `npm run generate`. Only structure is taken over: the descriptions of the CRDs stay where they are.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "json-schema-to-typescript";
import type { JSONSchema } from "json-schema-to-typescript";
import { parse } from "yaml";

const root = join(__dirname, "..");
const target = join(root, "manifests", "toolhive", "generated");
const toolhive = "github.com/stacklok/toolhive";

interface CrdVersion {
  readonly name: string;
  readonly storage: boolean;
  readonly schema: { readonly openAPIV3Schema: JSONSchema };
}

interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly CrdVersion[];
  };
}

/** Generated files by name, made from the CRDs in a folder. */
export async function generate(crdFolder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const kinds: string[] = [];
  for (const name of readdirSync(crdFolder).sort()) {
    const { spec } = parse(readFileSync(join(crdFolder, name), "utf8")) as Crd;
    const version = spec.versions.find(({ storage }) => storage);
    if (!version) throw new Error(`${name}: no stored version`);
    const { kind } = spec.names;
    const apiVersion = `${spec.group}/${version.name}`;
    const source = await compile(toSchema(version.schema.openAPIV3Schema, kind, apiVersion), kind, {
      bannerComment: banner,
      additionalProperties: false,
      unknownAny: true,
      format: true,
      style: { printWidth: 100, trailingComma: "all" },
    });
    files.set(`${kind}.ts`, source);
    kinds.push(kind);
  }
  const index = kinds.map((kind) => `export type { ${kind} } from "./${kind}";\n`).join("");
  return files.set("index.ts", `${banner}\n${index}`);
}

const banner = "// Generated from ToolHive's CRDs by scripts/toolhive-types.ts; do not edit.\n";

/** Folder of the CRDs in the pinned module, fetched through the Go module proxy when it is not there. */
export function pinnedCrds(): string {
  const folder = join(root, "lab", "tools", "toolhive");
  const json = execFileSync("go", ["mod", "download", "-json", toolhive], { cwd: folder });
  const { Dir } = JSON.parse(json.toString()) as { readonly Dir: string };
  return join(Dir, "deploy", "charts", "operator-crds", "files", "crds");
}

function toSchema(crd: JSONSchema, kind: string, apiVersion: string): JSONSchema {
  const { spec, status } = crd.properties ?? {};
  return {
    type: "object",
    required: ["apiVersion", "kind", "metadata", "spec"],
    properties: {
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      metadata: { tsType: 'import("kubernetes-types/meta/v1").ObjectMeta' },
      spec: { ...structure(spec ?? {}), title: `${kind}Spec` },
      ...(status && { status: { ...structure(status), title: `${kind}Status` } }),
    },
  };
}

// Prose, and bounds that types cannot say: of lists they would become tuples of every length.
const dropped = new Set(["description", "title", "default", "minItems", "maxItems"]);

/** The schema without prose, and open where the CRD keeps unknown fields. */
function structure(schema: JSONSchema): JSONSchema {
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true;
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (dropped.has(key) || key.startsWith("x-kubernetes-")) return [];
    if (key === "properties")
      return [[key, mapValues(value as Record<string, JSONSchema>, structure)]];
    if (key === "items" || key === "additionalProperties")
      return [[key, typeof value === "object" ? structure(value as JSONSchema) : value]];
    return [[key, value]];
  });
  return { ...Object.fromEntries(entries), ...(open && { additionalProperties: true }) };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

async function main(): Promise<void> {
  const files = await generate(pinnedCrds());
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(target, name), text);
  console.log(`${files.size} files in manifests/toolhive/generated/`);
}

if (require.main === module) void main();
