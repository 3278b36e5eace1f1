import type { Signature } from "../../catalog";

/** An identity as both engines write it; they compare a pattern by Go's engine, without anchors of their own. */
export function identity({ issuer, subject, subjectPattern }: Signature) {
  return {
    issuer,
    ...(subject !== undefined && { subject }),
    ...(subjectPattern !== undefined && { subjectRegExp: subjectPattern }),
  };
}

/** The log of Sigstore's public instance, in which every keyless signature must stand. */
export const publicLog = { url: "https://rekor.sigstore.dev" } as const;
