import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { signature } from "../../catalog/signature";

const issuer = "https://token.actions.githubusercontent.com";

/** What is said of a signature rule, as `field: message`. */
function said(rule: object): readonly string[] {
  const { error } = signature.safeParse(rule);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const pem = (type: "ec" | "ed25519" | "x25519"): string => {
  const { publicKey } =
    type === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync(type as "ed25519");
  return publicKey.export({ type: "spki", format: "pem" }).toString();
};

describe("subjectPattern of a signature", () => {
  // Each of these is compiled by Go's regexp too, which is what the engines run.
  const right = [
    "^https://github\\.com/StacklokLabs/[^/]+/\\.github/workflows/release\\.yml@refs/tags/v.+$",
    "^https://github\\.com/stacklok/(?:toolhive|dockyard)/\\.github/workflows/[\\w.-]+@refs/tags/v\\d+\\.\\d+\\.\\d+$",
    "^[a-z0-9._%+-]{1,64}?@example\\.com$",
    "^https://example\\.com/a\\$$",
    "^https://example\\.com/[\\]|^$]x$",
    "^(https://example\\.com/a|https://example\\.com/b)$",
  ];
  for (const subjectPattern of right)
    it(`takes ${subjectPattern}`, () => {
      assert.deepEqual(said({ issuer, subjectPattern }), []);
    });

  const notAnchored =
    "is not anchored, so it would match inside other identities; begin it with ^ and end it with $";
  const unknown = (what: string) =>
    `has ${JSON.stringify(what)}, which Go's engine (RE2) does not take there; write it without`;
  const open =
    "fits strangers' identities too; write the host and the owner of those who sign, dots as \\.";
  const wrong: readonly (readonly [string, string])[] = [
    ["https://example\\.com/.*", notAnchored],
    ["^https://example\\.com/.*", notAnchored],
    ["https://example\\.com/.*$", notAnchored],
    ["^https://example\\.com/\\$", notAnchored],
    [
      "^https://example\\.com/a|.*b$",
      "has | outside parentheses, so only one side is anchored; put the alternatives in parentheses",
    ],
    ["^https://example\\.com/(?=a).*$", unknown("(?=")],
    ["^https://example\\.com/(?=abc>).*$", unknown("(?=")],
    ["^https://example\\.com/(?!a).*$", unknown("(?!")],
    ["^https://example\\.com/.*(?<!a)$", unknown("(?<!")],
    ["^https://example\\.com/.*(?<=a)$", unknown("(?<=")],
    ["^https://example\\.com/(a)\\1$", unknown("\\1")],
    ["^https://example\\.com/(?<n>a)\\k<n>$", unknown("(?<n")],
    ["^https://example\\.com/\\u0061$", unknown("\\u")],
    ["^https://example\\.com/\\p{Script=Greek}$", unknown("\\p")],
    ["^https://example\\.com/[^]$", unknown("[^]")],
    ["^https://example\\.com/[[:alpha:]]$", unknown("[[:")],
    ["^https://example\\.com/a++$", unknown("++")],
    ["^https://example\\.com/a^b$", unknown("^")],
    ["^https://example\\.com/(?:a$)$", unknown("$")],
    ["^https://example\\.com/a{1001}$", unknown("{1001}")],
    ["^https://example\\.com/(?:a{40}){40}$", unknown("{40}")],
    ["^https://example\\.com/a{2,1}$", "is no pattern; mend its syntax"],
    ["^https://example\\.com/(a$", "is no pattern; mend its syntax"],
    ["^https://example\\.com/a)$", "is no pattern; mend its syntax"],
    ["^.*$", open],
    ["^\\S+$", open],
    ["^.+@.+$", open],
    ["^https://github\\.com/.+$", open],
    ["^https://gitlab\\.com/.+$", open],
  ];
  for (const [subjectPattern, problem] of wrong)
    it(`refuses ${subjectPattern}`, () => {
      assert.deepEqual(said({ issuer, subjectPattern }), [
        `subjectPattern: ${JSON.stringify(subjectPattern)} ${problem}`,
      ]);
    });
});

describe("key of a signature", () => {
  const notOne =
    "key: is no public key; write one in PEM (-----BEGIN PUBLIC KEY-----, ECDSA, RSA or Ed25519), or its address in a key service, such as awskms:///alias/images";

  it("takes a public key, and an address in each key service that both engines know", () => {
    const services = [
      "awskms:///alias/images",
      "gcpkms://projects/p/locations/global/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1",
      "azurekms://vault.vault.azure.net/images",
      "hashivault://images",
    ];
    for (const key of [pem("ec"), pem("ed25519"), ...services])
      assert.deepEqual(said({ key }), [], key);
  });

  it("refuses what is no public key, and repeats nothing of it", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const secret = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const cut = pem("ec").replace(/\n.{20}/, "\n");
    const others = ["k8s://ns/name", "https://example.com/cosign.pub", "awskms://", "images", 7];
    for (const key of [secret, pem("ec") + secret, cut, pem("x25519"), ...others])
      assert.deepEqual(said({ key }), [notOne], String(key));
  });
});

describe("a signature", () => {
  const subject = "https://ci.example.com/release";
  const key = pem("ec");

  it("is an identity or a key, whole and not both", () => {
    assert.deepEqual(said({}), [
      ": names no signer; write issuer and subject (or subjectPattern), or key",
    ]);
    assert.deepEqual(said({ attestations: ["spdx"] }), [
      ": names no signer; write issuer and subject (or subjectPattern), or key",
    ]);
    assert.deepEqual(said({ subject }), [
      "issuer: is missing: anybody's issuer could vouch for the subject; write its URL",
    ]);
    assert.deepEqual(said({ issuer }), [
      "subject: is not exactly one; write subject or subjectPattern beside issuer",
    ]);
    assert.deepEqual(said({ issuer, subject, subjectPattern: "^https://ci\\.example\\.com/x$" }), [
      "subject: is not exactly one; write subject or subjectPattern beside issuer",
    ]);
    assert.deepEqual(said({ issuer, subject, key }), [
      "key: is given beside issuer or subject; write a key, or an identity",
    ]);
  });

  it("names each attestation once", () => {
    assert.deepEqual(said({ key, attestations: ["provenance", "spdx", "provenance"] }), [
      'attestations.2: "provenance" is there already; remove it',
    ]);
    assert.deepEqual(said({ key, attestations: ["sbom"] }), [
      'attestations.0: "sbom" is not known; write one of provenance, spdx, cyclonedx',
    ]);
  });

  it("has an issuer that is an https URL", () => {
    for (const wrong of ["http://ci.example.com", "https://", "https://ci.example.com/ x"])
      assert.equal(said({ issuer: wrong, subject }).length, 1, wrong);
  });
});
