import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Manifest } from "../../manifests";
import { issuer, policiesOf, releases, server, settingsOf } from "../manifests/signed";
import { kyvernoVerdicts } from "./kyverno-verdicts";
import type { AskedPod, Verdict } from "./kyverno-verdicts";
import { SignedImages, signPredicate, signingKey } from "./signed-images";
import type { SigningKey } from "./signed-images";

type Labels = AskedPod["labels"];

/** A pod, and what each policy that is for it must say. */
interface Case extends AskedPod {
  readonly what: string;
  readonly said: Readonly<Record<string, RegExp | "pass">>;
}

const team = signingKey();
const vendor = signingKey();
const toolhive = signingKey();
const stranger = signingKey();

const cyclonedx = "https://cyclonedx.org/bom";
const backend = (name: string): Labels => ({ app: name, "toolhive-basename": name });
const proxy: Labels = { app: "mcpserver", "toolhive-name": "osv" };

const unsigned = /^fail: Images of .* must be signed by the key that the catalogue gives/;
const unattested = /^fail: Images of .* must have an attestation https:\/\/cyclonedx\.org\/bom/;

/** Tier internal is signed by the team, restricted attested too, confidential by an identity; entries by a vendor. */
function rendered(): readonly Manifest[] {
  const tiers = {
    internal: { signature: { key: team.pem } },
    restricted: { signature: { key: team.pem, attestations: ["cyclonedx"] } },
    confidential: { signature: { issuer, subjectPattern: releases } },
  };
  const settings = settingsOf("kyverno", tiers, { platform: { key: toolhive.pem } });
  const signature = { key: vendor.pem };
  const entries = [
    server("osv"),
    server("docker", { signature }),
    server("gofetch", { signature, sensitivity: "public" }),
  ];
  return policiesOf(settings, entries).map(({ manifest }) => manifest);
}

/** An image with a signature as cosign 2 makes it. */
function tagged(images: SignedImages, content: string, key: SigningKey): string {
  const image = images.image(content);
  images.sign(image, key);
  return image;
}

/** An image with what cosign 3 makes: signatures and attestations by keys. */
function bundled(
  images: SignedImages,
  content: string,
  ...made: readonly (readonly [SigningKey, string])[]
): string {
  const image = images.image(content);
  for (const [key, predicate] of made) images.bundle(image, key, predicate);
  return image;
}

function cases(images: SignedImages): readonly Case[] {
  const ofTeam = tagged(images, "team", team);
  const ofVendor = tagged(images, "vendor", vendor);
  const ofToolhive = tagged(images, "toolhive", toolhive);
  const ofNobody = images.image("nobody");
  const row =
    (tier: string, policy: string) =>
    (what: string, image: string | readonly string[], labels: Labels, said: RegExp | "pass") => ({
      what,
      namespace: `mcp-${tier}`,
      labels,
      images: typeof image === "string" ? [image] : image,
      said: { [`mcp-${tier}.signature.${policy}`]: said },
    });
  const osv = backend("osv");
  const own = row("internal", "backends");
  const entry = row("internal", "entry.docker");
  const proxies = row("internal", "proxies");
  const attested = row("restricted", "backends");
  const spdx = "https://spdx.dev/Document";
  const old = tagged(images, "old", team);
  images.attest(old, team, cyclonedx);
  return [
    own("a signed server", ofTeam, osv, "pass"),
    own("one signed by cosign 3", bundled(images, "new", [team, signPredicate]), osv, "pass"),
    own("an unsigned server", ofNobody, osv, unsigned),
    own("one that a stranger signed", tagged(images, "strange", stranger), osv, unsigned),
    own("one that a vendor signed", ofVendor, osv, unsigned),
    own("a server by tag", ofTeam.replace(/@.*/, ":1"), osv, /does not have a digest/),
    own("an image that is nowhere", ofTeam.replace(/.{8}$/, "00000000"), osv, /^error: /),
    own("an unsigned container beside a signed one", [ofTeam, ofNobody], osv, unsigned),
    {
      ...own("an unsigned init container", ofTeam, osv, unsigned),
      initImages: [ofNobody],
    },
    { ...own("a signed init container", ofTeam, osv, "pass"), initImages: [ofTeam] },
    {
      ...own("an unsigned ephemeral container", ofTeam, osv, unsigned),
      ephemeralImages: [ofNobody],
    },
    { ...own("a signed ephemeral container", ofTeam, osv, "pass"), ephemeralImages: [ofTeam] },
    own("a server named like proxies are", ofTeam, backend("mcpserver"), "pass"),
    entry("a server with a signer of its own", ofVendor, backend("docker"), "pass"),
    entry("one that its tier's signer signed", ofTeam, backend("docker"), unsigned),
    proxies("a proxy", ofToolhive, proxy, "pass"),
    proxies("a proxy that the tier's signer signed", ofTeam, proxy, unsigned),
    proxies("a pod without labels", ofTeam, {}, unsigned),
    attested(
      "an attested server",
      bundled(images, "attested", [team, signPredicate], [team, cyclonedx]),
      osv,
      "pass",
    ),
    attested(
      "a signed server without attestation",
      bundled(images, "plain", [team, signPredicate]),
      osv,
      unattested,
    ),
    attested(
      "one with another attestation",
      bundled(images, "other", [team, signPredicate], [team, spdx]),
      osv,
      unattested,
    ),
    attested(
      "one that a stranger attested",
      bundled(images, "hearsay", [team, signPredicate], [stranger, cyclonedx]),
      osv,
      unattested,
    ),
    // A limit of Kyverno 1.19, which docs/signatures.md tells.
    attested("one that cosign 2 attested by a key", old, osv, unattested),
    row("confidential", "backends")(
      "a server that no identity signed",
      ofTeam,
      osv,
      /^fail: Images of the servers of tier confidential must be signed by \^https/,
    ),
    row("public", "entry.gofetch")("an entry's own signer", ofVendor, backend("gofetch"), "pass"),
    row("public", "entry.gofetch")("none of its own", ofNobody, backend("gofetch"), unsigned),
    { ...own("a pod of another namespace", ofNobody, osv, "pass"), namespace: "other", said: {} },
    {
      ...own("another server of a tier without demands", ofNobody, osv, "pass"),
      namespace: "mcp-public",
      said: {},
    },
  ];
}

describe("Kyverno's own command, with the rendered policies and no network,", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "mcp-fleet-kyverno-"));
  let images: SignedImages;
  let all: readonly Case[] = [];
  let verdicts: readonly Verdict[] = [];

  before(async () => {
    images = await SignedImages.start();
    all = cases(images);
    verdicts = await kyvernoVerdicts(rendered(), all, folder);
  });
  after(async () => {
    await images.close();
    rmSync(folder, { recursive: true });
  });

  it("judges each pod by its own policy alone", () => {
    const said = all.map(({ what }, pod) => [
      what,
      verdicts.filter((one) => one.pod === pod).map(({ policy }) => policy),
    ]);
    assert.deepEqual(
      said,
      all.map(({ what, said: expected }) => [what, Object.keys(expected)]),
    );
  });

  it("admits what is signed and refuses the rest, and says why", () => {
    for (const [pod, { what, said }] of all.entries())
      for (const { policy, result, message } of verdicts.filter((one) => one.pod === pod)) {
        const expected = said[policy];
        assert.ok(expected, `${what}: ${policy}`);
        if (expected === "pass") assert.equal(result, "pass", `${what}: ${message}`);
        else assert.match(`${result}: ${message}`, expected, what);
      }
  });

  it("does not ask again for pods whose images stay, by that condition alone", async () => {
    assert.deepEqual(await kyvernoVerdicts(rendered(), all, folder, "UPDATE"), []);
    const always = rendered().map((policy) => {
      const spec = policy.spec as { readonly matchConditions: readonly { name: string }[] };
      const matchConditions = spec.matchConditions.filter(({ name }) => name !== "new-images");
      assert.equal(matchConditions.length, spec.matchConditions.length - 1);
      return { ...policy, spec: { ...spec, matchConditions } };
    });
    const asked = await kyvernoVerdicts(always, all, folder, "UPDATE");
    assert.equal(asked.length, verdicts.length);
  });
});
