import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { map, oneOf, text, wrong } from "./field";
import { identityPatternProblem } from "./identity-pattern";
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
    const problem = identityPatternProblem(value);
    if (problem !== undefined)
      context.addIssue({ code: "custom", input: value, message: `${show(value)} ${problem}` });
  })
  .meta({ description: patternDoc.description, examples: [patternDoc.example] });

/** Services that keep keys, as both engines address them (Sigstore's own four). */
const keyService = /^(?:awskms|gcpkms|azurekms|hashivault):\/\/[^\s?#]*[A-Za-z0-9]$/;

const notAKey =
  "is no public key; write one in PEM (-----BEGIN PUBLIC KEY-----, ECDSA, RSA or Ed25519), or its address in a key service, such as awskms:///alias/images";

// The value is not shown: it may be the private half.
const key = z
  .string({ error: notAKey })
  .refine((value) => keyService.test(value) || isPublicKey(value), { error: notAKey })
  .meta({
    description:
      "The public key that signed, in PEM, or its address in a key service; in place of issuer and subject.",
    examples: ["-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----", "awskms:///alias/images"],
  });

/** Whether a text is one public key in PEM that engines can verify by; each refuses all images by another. */
function isPublicKey(pem: string): boolean {
  if (!/^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+\n-----END PUBLIC KEY-----\n?$/.test(pem))
    return false;
  try {
    return ["ec", "rsa", "ed25519"].includes(createPublicKey(pem).asymmetricKeyType ?? "");
  } catch {
    return false;
  }
}

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
      .superRefine((all, context) => {
        for (const [i, one] of all.entries())
          if (all.indexOf(one) < i)
            context.addIssue({
              code: "custom",
              input: one,
              path: [i],
              message: `${show(one)} is there already; remove it`,
            });
      })
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
