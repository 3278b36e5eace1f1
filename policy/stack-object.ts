import type { Path, Tier } from "../catalog";
import { prefix } from "../manifests";
import { at, items, text, texts } from "./plain-data";

/** A Kubernetes object of a stack, whoever makes it. */
export interface StackObject {
  /** API group; empty for the core group. */
  readonly group: string;
  /** Kind, that of the object itself also where only a part of it is patched. */
  readonly kind: string;
  /** Name; empty while it is not chosen. */
  readonly name: string;
  /** Namespace; absent for an object of the cluster. */
  readonly namespace?: string;
  /** Labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** Type of the Pulumi component that makes it; absent when the program itself does. */
  readonly owner?: string;
  /** The whole object, whose shape nobody has checked. */
  readonly content: unknown;
  /** Where it stands in its resource: among the items of a list; at the top otherwise. */
  readonly place: Path;
  /** Whether only a part of the object is written, and the rest is another's. */
  readonly partial: boolean;
  /** Paths of values that Pulumi keeps secret; absent where they cannot be seen. */
  readonly secrets?: readonly Path[];
  /** Whether all of it is known; a preview may not know everything. */
  readonly known: boolean;
}

/** A resource as the engine describes it. */
export interface StackResource {
  /** Type: `kubernetes:<group>/<version>:<kind>`. */
  readonly type: string;
  /** What the program gave it. */
  readonly props: unknown;
  /** URN of its parent. */
  readonly parent?: string;
  /** Paths of values that are kept secret. */
  readonly secrets?: readonly Path[];
  /** Whether all of it is known. */
  readonly known?: boolean;
}

/** ToolHive's kinds that clients call: a server, a remote and a gateway. */
export const served = ["MCPServer", "MCPRemoteProxy", "VirtualMCPServer"] as const;

/** The components that make what an entry needs. */
export const entryComponents = ["mcp-fleet:index:McpServer", "mcp-fleet:index:McpRemote"] as const;

/** ToolHive's API group. */
export const toolhive = "toolhive.stacklok.dev";

/** The Kubernetes objects that a resource is: one, those of a list, or none. */
export function stackObjects(resource: StackResource): readonly StackObject[] {
  const [, apiVersion, type] = /^kubernetes:([^:]+):([^:]+)$/.exec(resource.type) ?? [];
  // Not an object: a Release is Helm's, whose objects the engine does not see.
  if (apiVersion === undefined || type === undefined || apiVersion.startsWith("helm.sh/"))
    return [];
  const written = text(at(resource.props, "kind"));
  // A patch has a type of its own, and the kind of what it patches.
  const partial = type.endsWith("Patch") && written !== type;
  const kind = written ?? (partial ? type.replace(/Patch$/, "") : type);
  return objectsOf(resource, { value: resource.props, place: [], apiVersion, kind, partial });
}

/** An object of a resource, or a list of them; what it does not say itself is what the resource's type says. */
interface Read {
  readonly value: unknown;
  readonly place: Path;
  readonly apiVersion: string;
  readonly kind: string;
  readonly partial: boolean;
}

function objectsOf(resource: StackResource, read: Read): readonly StackObject[] {
  const { value, kind, place } = read;
  const list = at(value, "items");
  if (kind.endsWith("List") && Array.isArray(list))
    return items(list).flatMap((item, i) =>
      objectsOf(resource, {
        ...read,
        value: item,
        place: [...place, "items", i],
        kind: text(at(item, "kind")) ?? kind.replace(/List$/, ""),
      }),
    );
  return [stackObject(resource, read)];
}

function stackObject(
  { parent, secrets, known = true }: StackResource,
  { value, place, apiVersion, kind, partial }: Read,
): StackObject {
  const { namespace, name } = texts(at(value, "metadata"));
  const owner = parent === undefined ? undefined : componentType(parent);
  return {
    group: groupOf(text(at(value, "apiVersion")) ?? apiVersion),
    kind,
    name: name ?? "",
    ...(namespace !== undefined && { namespace }),
    labels: texts(at(value, "metadata", "labels")),
    ...(owner !== undefined && { owner }),
    content: value,
    place,
    partial,
    ...(secrets && { secrets: within(secrets, place) }),
    known,
  };
}

/** What lies below a place, counted from there; a place that lies below one of them is one as a whole. */
function within(paths: readonly Path[], place: Path): readonly Path[] {
  return paths.flatMap((path) =>
    place.every((key, i) => i >= path.length || path[i] === key) ? [path.slice(place.length)] : [],
  );
}

/** The group of `group/version`; Pulumi calls the core group `core`, Kubernetes leaves it out. */
function groupOf(apiVersion: string): string {
  const group = apiVersion.includes("/") ? apiVersion.replace(/\/.*$/, "") : "";
  return group === "core" ? "" : group;
}

/** The type in a URN: `urn:pulumi:<stack>::<project>::<types of parents>$<type>::<name>`. */
function componentType(urn: string): string | undefined {
  const type = urn.split("::")[2]?.split("$").at(-1);
  return type === "pulumi:pulumi:Stack" ? undefined : type;
}

/** The tier in whose namespace an object is; a namespace itself is its own tier's. */
export function tierOf(
  { group, kind, name, namespace }: StackObject,
  tiers: readonly Tier[],
): Tier | undefined {
  const inside = group === "" && kind === "Namespace" ? name : namespace;
  return tiers.find((tier) => tier.namespace === inside);
}

/** Whether an object is a namespace that is meant as a tier: by its name, or by the label that tiers carry. */
export function isTierNamespace(object: StackObject, tiers: readonly Tier[]): boolean {
  const { group, kind, labels } = object;
  return (
    group === "" &&
    kind === "Namespace" &&
    (`${prefix}/sensitivity` in labels || tierOf(object, tiers) !== undefined)
  );
}

/** Whether an object is one of these kinds of ToolHive. */
export function isToolhive({ group, kind }: StackObject, ...kinds: readonly string[]): boolean {
  return group === toolhive && (kinds.length === 0 || kinds.includes(kind));
}
