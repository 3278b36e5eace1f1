import type { Signature } from "../../catalog";

/** An identity as both engines write it; they compare a pattern by Go's engine, without anchors of their own. */
export function identity({ issuer, subject, subjectPattern }: Signature) {
  return {
    issuer,
    ...(subject !== undefined && { subject }),
    ...(subjectPattern !== undefined && { subjectRegExp: subjectPattern }),
  };
}

/** A key as both engines write it: itself, or its address in a key service. */
export function publicKey(key: string) {
  return isPem(key) ? { data: key } : { kms: key };
}

/** Who signs, in a sentence. */
export function signerName({ issuer, subject, subjectPattern, key }: Signature): string {
  if (key === undefined) return `${subject ?? subjectPattern ?? ""} (${issuer ?? ""})`;
  return isPem(key) ? "the key that the catalogue gives" : key;
}

function isPem(key: string): boolean {
  return key.startsWith("-----BEGIN ");
}

/** The log of Sigstore's public instance, in which every keyless signature must stand. */
export const publicLog = { url: "https://rekor.sigstore.dev" } as const;
