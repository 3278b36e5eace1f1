/*
 * Reads data whose shape nobody has checked: what a program gives a resource may be anything. What is not
 * there, or is something else, is read as nothing, because the API server refuses it anyway.
 */
import { valueAt } from "../catalog";

/** The value at a path; undefined when there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return valueAt(value, path);
}

/** The items of a list. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The fields of a map. */
export function fields(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}

/** A text; undefined when the value is none. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The texts of a map. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields(value).flatMap(([key, one]) => (typeof one === "string" ? [[key, one]] : [])),
  );
}

/** Whether there is nothing: no value, no item, no field. */
export function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (Array.isArray(value)
      ? value.length === 0
      : typeof value === "object" && fields(value).length === 0)
  );
}
