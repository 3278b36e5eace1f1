import { map, oneOf, text } from "./field";
import { reservedNames } from "./names";
import { dnsLabel, oneLine, slug } from "./patterns";
import { sensitivities } from "./sensitivity";

const team = text(
  {
    description: "The team; becomes a label.",
    expects: "lower-case letters, digits and hyphens, at most 63",
    example: "security-platform",
  },
  slug,
  63,
);

const contact = text(
  {
    description: "How to reach the team.",
    expects: "one line of at most 200 characters",
    example: "#sec-platform",
  },
  oneLine,
  200,
);

function nameField(max: number) {
  return text(
    {
      description: "The name: unique in the catalogue, and part of the address.",
      expects: `a DNS label of at most ${max} characters: lower-case letters, digits and hyphens, a letter first`,
      example: "osv",
    },
    dnsLabel,
    max,
  ).refine((value) => !reservedNames.includes(value), {
    error: ({ input }) =>
      `"${String(input)}" is reserved, because ToolHive labels its own pods with it; write another name`,
  });
}

const others = {
  title: text(
    {
      description: "What people call it.",
      expects: "one line of at most 80 characters",
      example: "OSV vulnerability lookup",
    },
    oneLine,
    80,
  ),
  description: text(
    {
      description: "What it does, for those who choose a tool.",
      expects: "one line of at most 500 characters",
      example: "Looks up known vulnerabilities of a package or commit.",
    },
    oneLine,
    500,
  ),
  owner: map(
    {
      description: "Who answers for it.",
      example: { team: "security-platform", contact: "#sec-platform" },
    },
    { team, contact },
  ),
  category: text(
    {
      description: "What kind of tool it is; becomes a label.",
      expects: "lower-case letters, digits and hyphens, at most 63",
      example: "security",
    },
    slug,
    63,
  ),
  costClass: oneOf({ description: "What a call costs, roughly.", example: "low" }, [
    "free",
    "low",
    "medium",
    "high",
  ]),
  sensitivity: oneOf(
    { description: "How sensitive what it can reach is; decides the tier.", example: "internal" },
    sensitivities,
  ),
};

/**
 * Fields that say what an entry is and whose it is; every kind of entry has them.
 * @param maxName Longest name that the kind allows, in characters.
 */
export function identity(maxName: number) {
  return { name: nameField(maxName), ...others };
}
