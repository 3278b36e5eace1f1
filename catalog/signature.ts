import { z } from "zod";
import { map, oneOf, text, wrong } from "./field";
import { show } from "./problem";

/** Kinds of attestation that a signature rule may demand, and the predicate types that they are. */
export const predicateTypes = {
  provenance: "https://slsa.dev/provenance/v1",
  spdx: "https://spdx.dev/Document",
  cyclonedx: "https://cyclonedx.org/bom",
} as const;

const issuer = text(
  {
    description: "Issuer of the identity that signed (keyless).",
    expects: "an https URL",
    example: "https://token.actions.githubusercontent.com",
  },
  /^https:\/\/[^\s?#@]+$/,
  500,
);

const subjectDoc = {
  description: "The identity that signed, as the certificate names it.",
  expects: "one line without spaces",
  example: "https://github.com/StacklokLabs/gofetch/.github/workflows/release.yml@refs/tags/v1.0.5",
};

const patternDoc = {
  description:
    "Pattern of the identity that signed: anchored, and without what Go's engine (RE2) does not know.",
  expects: "a pattern that begins with ^ and ends with $",
  example:
    "^https://github\\.com/StacklokLabs/[^/]+/\\.github/workflows/release\\.yml@refs/tags/v.+$",
};

const subjectPattern = z
  .string({ error: wrong(patternDoc) })
  .superRefine((value, context) => {
    const problem = patternProblem(value);
    if (problem !== undefined)
      context.addIssue({ code: "custom", input: value, message: `${show(value)} ${problem}` });
  })
  .meta({ description: patternDoc.description, examples: [patternDoc.example] });

/** Why a text is no pattern of identities; undefined when it is one. Engines are written in Go: RE2 decides. */
function patternProblem(pattern: string): string | undefined {
  if (!pattern.startsWith("^") || !/(?:^|[^\\])(?:\\\\)*\$$/.test(pattern))
    return "is not anchored, so it would match inside other identities; begin it with ^ and end it with $";
  if (/\(\?[=!<](?![A-Za-z]\w*>)|\\[1-9]|\\k</.test(pattern))
    return "looks around or back, which Go's engine cannot; write it without (?=, (?!, (?<= and \\1";
  try {
    new RegExp(pattern, "u");
    return hasAlternativeOutside(pattern)
      ? "has | outside parentheses, so only one side is anchored; put the alternatives in parentheses"
      : undefined;
  } catch {
    return "is no pattern; mend its syntax";
  }
}

function hasAlternativeOutside(pattern: string): boolean {
  const plain = pattern.replace(/\\./g, "").replace(/\[[^\]]*\]/g, "");
  let depth = 0;
  for (const char of plain) {
    if (char === "(") depth++;
    if (char === ")") depth--;
    if (char === "|" && depth === 0) return true;
  }
  return false;
}

const keyDoc = {
  description: "The public key that signed, in PEM; in place of issuer and subject.",
  expects: "a public key in PEM",
  example: "-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----",
};

const key = z
  .string({ error: wrong(keyDoc) })
  .regex(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+\n-----END PUBLIC KEY-----\n?$/, {
    error: wrong(keyDoc),
  })
  .meta({ description: keyDoc.description, examples: [keyDoc.example] });

/** Schema of a signature rule: who must have signed an image, and what must be attested of it. */
export const signature = map(
  {
    description: "Who must have signed the image, and what must be attested of it.",
    example: {
      issuer: "https://token.actions.githubusercontent.com",
      subject: subjectDoc.example,
    },
  },
  {
    issuer: issuer.optional(),
    subject: text(subjectDoc, /^\S+$/, 500).optional(),
    subjectPattern: subjectPattern.optional(),
    key: key.optional(),
    attestations: z
      .array(
        oneOf({ description: "A kind of attestation.", example: "provenance" }, [
          "provenance",
          "spdx",
          "cyclonedx",
        ]),
        {
          error: wrong({ description: "", expects: "a list", example: ["provenance"] }),
        },
      )
      .default([])
      .meta({
        description:
          "What must be attested by the same signer: SLSA provenance, or an SBOM in SPDX or CycloneDX.",
        examples: [["provenance", "spdx"]],
      }),
  },
).superRefine(({ issuer: by, subject, subjectPattern: pattern, key: pem }, context) => {
  const say = (message: string, path: string[] = []): void => {
    context.addIssue({ code: "custom", path, message });
  };
  const keyless = by !== undefined || subject !== undefined || pattern !== undefined;
  if (pem !== undefined && keyless)
    say("is given beside issuer or subject; write a key, or an identity", ["key"]);
  if (pem === undefined && !keyless)
    say("names no signer; write issuer and subject (or subjectPattern), or key");
  if (keyless && pem === undefined && by === undefined)
    say("is missing: anybody's issuer could vouch for the subject; write its URL", ["issuer"]);
  if (by !== undefined && (subject === undefined) === (pattern === undefined))
    say("is not exactly one; write subject or subjectPattern beside issuer", ["subject"]);
});

/** Who must have signed an image. */
export type Signature = Readonly<z.output<typeof signature>>;
