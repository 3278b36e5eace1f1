import { Secret } from "@pulumi/policy";
import type { Path } from "../catalog";
import { fields, items } from "./plain-data";

/*
 * What a remediation is given hides secret values behind two views of the data, one for values that are
 * not known, one for those that are secret (@pulumi/policy 1.21, proxy.ts and secret.ts). Each gives what
 * it hides under this key.
 */
const behind = "__getSpecialProxyTarget";

/**
 * Paths of the values that Pulumi keeps secret; a list is secret as a whole where one of its items is.
 * @param props What a remediation is given.
 * @throws {Error} when nothing is behind it, because then no secret would ever be found.
 */
export function secretPaths(props: unknown): readonly Path[] {
  return pathsIn(uncovered(uncovered(props)), []);
}

function uncovered(view: unknown): unknown {
  const inner = (view as Readonly<Record<string, unknown>> | undefined)?.[behind];
  if (inner === undefined) throw new Error("@pulumi/policy no longer shows what is secret");
  return inner;
}

function pathsIn(value: unknown, path: Path): readonly Path[] {
  if (value instanceof Secret) return [path];
  return Array.isArray(value)
    ? items(value).flatMap((item, i) => pathsIn(item, [...path, i]))
    : fields(value).flatMap(([key, item]) => pathsIn(item, [...path, key]));
}
