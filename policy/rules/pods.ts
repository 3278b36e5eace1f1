import type { Path } from "../../catalog";
import { at, fields, items } from "../plain-data";
import { isToolhive } from "../stack-object";
import type { StackObject } from "../stack-object";

/** A part of an object, with its place. */
export interface Located {
  /** Where it stands in the object. */
  readonly path: Path;
  /** What stands there. */
  readonly value: unknown;
}

const template = ["spec", "template", "spec"];

/** Where Kubernetes' own kinds hold the spec of their pods, by group and kind. */
const places: Readonly<Record<string, readonly string[]>> = {
  "/Pod": ["spec"],
  "/PodTemplate": ["template", "spec"],
  "/ReplicationController": template,
  "apps/DaemonSet": template,
  "apps/Deployment": template,
  "apps/ReplicaSet": template,
  "apps/StatefulSet": template,
  "batch/CronJob": ["spec", "jobTemplate", ...template],
  "batch/Job": template,
};

/** The spec of the pods that an object brings with it: Kubernetes' own workloads, and ToolHive's. */
export function podSpec(object: StackObject): Located | undefined {
  const path = isToolhive(object)
    ? ["spec", "podTemplateSpec", "spec"]
    : places[`${object.group}/${object.kind}`];
  if (!path) return undefined;
  const value = at(object.content, ...path);
  return fields(value).length > 0 ? { path, value } : undefined;
}

/** The containers of a pod's spec, of every sort. */
export function containers({ path, value }: Located): readonly Located[] {
  return ["initContainers", "containers", "ephemeralContainers"].flatMap((list) =>
    listed(value, [...path, list], list),
  );
}

/** The items of one of a value's lists. */
export function listed(value: unknown, path: Path, name: string): readonly Located[] {
  return items(at(value, name)).map((item, i) => ({ path: [...path, i], value: item }));
}
