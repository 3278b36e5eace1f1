import { z } from "zod";
import { isDate } from "./date";
import { map, oneOf, text, wrong } from "./field";
import { maxServerName } from "./names";
import { dnsLabel } from "./patterns";

const date = {
  description: "Day from which the entry may be gone.",
  expects: "a date as YYYY-MM-DD",
  example: "2027-03-31",
};

const sunset = z
  .string({ error: wrong(date) })
  .refine((value) => isDate(value), { error: wrong(date) })
  .meta({ description: date.description, examples: [date.example] });

const entryName = (description: string, example: string, max = maxServerName) =>
  text({ description, expects: `a name of at most ${max} characters`, example }, dnsLabel, max);

/** Schema of `lifecycle`: whether an entry is here to stay. */
export const lifecycle = map(
  {
    description: "Whether the entry is here to stay.",
    example: { state: "deprecated", sunset: "2027-03-31", replacedBy: "osv-next" },
  },
  {
    state: oneOf(
      {
        description:
          "active; deprecated: runs, and says until when and what replaces it; retired: nothing of it runs, its name stays taken.",
        example: "active",
      },
      ["active", "deprecated", "retired"],
    ).default("active"),
    sunset: sunset.optional(),
    replacedBy: entryName("Name of the active entry that takes its place.", "osv-next").optional(),
  },
).prefault({});

/**
 * Schema of `aliases`: further names under which an entry is called.
 * @param max Longest name that the kind of entry allows, in characters.
 */
export function aliases(max: number) {
  return z
    .array(entryName("A further name.", "osv-old", max), {
      error: wrong({ description: "", expects: "a list of names", example: ["osv-old"] }),
    })
    .default([])
    .meta({
      description:
        "Further names under which clients reach it at the same place, such as that of an entry it has replaced.",
      examples: [["osv-old"]],
    });
}
