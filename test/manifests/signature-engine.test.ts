import assert from "node:assert/strict";
import type { Signature } from "../../catalog";
import { engineInstallation, renderSignatures } from "../../manifests";
import { engines, inputOf, issuer, settingsOf, signedTiers } from "./signed";
import type { Engine } from "./signed";

interface Spec {
  readonly authorities?: readonly Authority[];
  readonly attestors?: readonly { readonly cosign: Authority }[];
}

interface Authority {
  readonly keyless?: { readonly identities: readonly object[] };
}

describe("the signer of ToolHive's own images", () => {
  const identities = (engine: Engine, signatures: object = {}): readonly object[] => {
    const settings = settingsOf(engine, signedTiers, signatures);
    const proxies = renderSignatures(inputOf(settings, "internal")).filter(
      ({ role }) => role === "signature-proxies",
    );
    return proxies.flatMap((part) => {
      const { authorities, attestors } = part.manifest.spec as Spec;
      const all = authorities ?? attestors?.map(({ cosign }) => cosign) ?? [];
      return all.flatMap(({ keyless }) => keyless?.identities ?? []);
    });
  };

  it("is the one that it publishes, for versions alone", () => {
    for (const engine of engines) {
      const found = identities(engine);
      assert.equal(found.length, engine === "kyverno" ? 1 : 2);
      for (const one of found as readonly { issuer: string; subjectRegExp: string }[]) {
        assert.equal(one.issuer, issuer);
        const signs = (subject: string): boolean => new RegExp(one.subjectRegExp).test(subject);
        const build = "/.github/workflows/image-build-and-publish.yml";
        assert.ok(signs(`https://github.com/stacklok/toolhive${build}@refs/tags/v0.48.0`));
        assert.ok(!signs(`https://github.com/stacklok/toolhive${build}@refs/heads/main`));
        assert.ok(!signs(`https://github.com/stacklok/toolhive-evil${build}@refs/tags/v0.48.0`));
        assert.ok(
          !signs(`https://evil/?https://github.com/stacklok/toolhive${build}@refs/tags/v1`),
        );
        // The catalogue's own rules for patterns hold for ours too.
        const { issuer: by, subjectRegExp: subjectPattern } = one;
        settingsOf(engine, {}, { platform: { issuer: by, subjectPattern } });
      }
    }
  });

  it("is another where the environment says so", () => {
    const platform: Signature = { issuer, subject: "https://ci.example.com/mirror" } as Signature;
    for (const engine of engines)
      for (const one of identities(engine, { platform })) assert.deepEqual(one, platform);
  });
});

describe("engineInstallation", () => {
  const chart = { chart: "oci://registry.example.com/engine", version: "1.2.3" };
  const installation = (engine: Engine) => {
    const { signatures } = settingsOf(engine, {}, { install: true, chart });
    return signatures && engineInstallation(signatures);
  };

  it("gives each engine its own namespace, and denies what no policy matches", () => {
    const controller = installation("policy-controller");
    assert.equal(controller?.namespace.manifest.metadata.name, "cosign-system");
    assert.equal(controller.release, "policy-controller");
    assert.deepEqual(controller.values, {
      webhook: { configData: { "no-match-policy": "deny" } },
    });
    assert.equal(installation("kyverno")?.namespace.manifest.metadata.name, "kyverno");
  });

  it("installs nothing unless asked", () => {
    for (const engine of engines) {
      const { signatures } = settingsOf(engine, signedTiers);
      assert.ok(signatures);
      assert.equal(engineInstallation(signatures), undefined);
    }
  });
});
