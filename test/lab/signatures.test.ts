import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { builtPart } from "../../lab/build/tools";
import { labSettings } from "../../lab/settings";
import type { Manifest } from "../../manifests";
import { toYaml } from "../../manifests/yaml";
import { engines, policiesOf, settingsOf, signedTiers, sources } from "../manifests/signed";
import type { Engine } from "../manifests/signed";
import { TestLab } from "./test-lab";
import type { StackRunner } from "./test-lab";

type Writable = Record<string, unknown>;

/** What the API server refuses, by engine: a change of a policy's spec, and what is said of it. */
const broken: Readonly<
  Record<Engine, readonly (readonly [string, (spec: Writable) => void, RegExp])[]>
> = {
  "policy-controller": [
    [
      "an unknown field",
      (spec) => (spec.modus = "enforce"),
      /strict decoding error: unknown field "spec\.modus"/,
    ],
    [
      "images that are no list",
      (spec) => (spec.images = "**"),
      /spec\.images: Invalid value: "string"/,
    ],
    [
      "a misspelt identity",
      (spec) => (spec.authorities = [{ keyless: { identities: [{ subjectRegex: "^x$" }] } }]),
      /unknown field "spec\.authorities\[0\]\.keyless\.identities\[0\]\.subjectRegex"/,
    ],
    [
      "a selector whose expressions are no list",
      (spec) =>
        (spec.match = [{ resource: "pods", selector: { matchExpressions: { key: "app" } } }]),
      /unknown field "spec\.match\[0\]\.selector\.matchExpressions\.key"/,
    ],
  ],
  kyverno: [
    [
      "an unknown field",
      (spec) => (spec.validationActionz = ["Deny"]),
      /strict decoding error: unknown field "spec\.validationActionz"/,
    ],
    [
      "an unknown action",
      (spec) => (spec.validationActions = ["Refuse"]),
      /spec\.validationActions\[0\]: Unsupported value: "Refuse"/,
    ],
    ["no attestor", (spec) => delete spec.attestors, /spec\.attestors: Required value/],
    [
      "an attestation without a type",
      (spec) => (spec.attestations = [{ name: "spdx", intoto: {} }]),
      /spec\.attestations\[0\]\.intoto\.type: Required value/,
    ],
  ],
};

interface Chart {
  readonly version: string;
  readonly dependencies?: readonly { readonly name: string }[];
}

/** A copy of Kyverno's chart with the subcharts that its modules hold: the others are fetched by web. */
function ownChart(from: string, folder: string): string {
  const to = join(folder, "kyverno");
  cpSync(from, to, { recursive: true });
  const read = (file: string) => parse(readFileSync(file, "utf8")) as Chart;
  const chart = read(join(to, "Chart.yaml"));
  const dependencies = (chart.dependencies ?? []).flatMap((one) => {
    const own = join(to, "charts", one.name, "Chart.yaml");
    return existsSync(own) ? [{ ...one, version: read(own).version }] : [];
  });
  writeFileSync(join(to, "Chart.yaml"), stringify({ ...chart, dependencies }));
  return to;
}

describe("policies over signatures on a control plane", function () {
  this.timeout(600_000);
  const lab = new TestLab({ LAB_NODE: "kwok" });
  const kyverno = builtPart(labSettings(), "kyverno");
  const crds: Readonly<Record<Engine, string>> = {
    "policy-controller": join(
      builtPart(labSettings(), "crds"),
      "policy-controller",
      "clusterimagepolicies.yaml",
    ),
    kyverno: join(kyverno, "imagevalidatingpolicies.yaml"),
  };
  let variables: Readonly<Record<string, string>>;
  let run: StackRunner;

  const kubectl = (args: readonly string[], input = "") =>
    spawnSync("kubectl", args, { env: { ...process.env, ...variables }, input, encoding: "utf8" });
  /** POSTs an object that is checked and not kept. */
  const post = (object: object) =>
    kubectl(
      ["create", "--dry-run=server", "--validate=strict", "--filename=-"],
      JSON.stringify(object),
    );
  const policies = (engine: Engine): readonly Manifest[] =>
    policiesOf(settingsOf(engine)).map(({ manifest }) => manifest);

  before(async () => {
    const { code, output } = await lab.run("lab");
    assert.equal(code, 0, output);
    variables = await lab.variables();
    for (const file of [crds["policy-controller"], crds.kyverno]) {
      const { status, stderr } = kubectl(["create", "--filename", file]);
      assert.equal(status, 0, stderr);
    }
    const names = ["clusterimagepolicies.policy.sigstore.dev"];
    names.push("imagevalidatingpolicies.policies.kyverno.io");
    for (const name of names) {
      const args = ["wait", "--for=condition=Established", `crd/${name}`, "--timeout=60s"];
      const { status, stderr } = kubectl(args);
      assert.equal(status, 0, stderr);
    }
  });
  after(async () => {
    await lab.remove();
  });

  for (const engine of engines) {
    it(`takes every object of ${engine}`, () => {
      const all = policies(engine);
      assert.ok(all.length >= 6, String(all.length));
      for (const object of all) {
        const { status, stdout, stderr } = post(object);
        assert.equal(status, 0, `${object.metadata.name}: ${stderr}`);
        assert.match(stdout, new RegExp(`${object.metadata.name.replaceAll(".", "\\.")} created`));
      }
    });

    for (const [what, change, reason] of broken[engine])
      it(`refuses ${what} of ${engine}`, () => {
        const [, right] = policies(engine);
        assert.ok(right);
        const wrong = structuredClone(right) as { spec: Writable } & Manifest;
        change(wrong.spec);
        const { status, stderr } = post(wrong);
        assert.equal(status, 1, stderr);
        assert.match(stderr, reason);
      });
  }

  it("pulumi up installs Kyverno by its own chart, then the policies that render writes", async () => {
    // The chart brings the CRDs itself.
    assert.equal(kubectl(["delete", "--filename", crds.kyverno]).status, 0);
    const catalogue = join(lab.folder, "catalogue");
    mkdirSync(catalogue);
    for (const [name, source] of Object.entries(sources))
      writeFileSync(join(catalogue, `${name}.yaml`), stringify(source));
    const chart = { chart: ownChart(join(kyverno, "chart"), lab.folder), version: "3.9.1" };
    run = await lab.pulumi({
      catalogue: [catalogue],
      signatures: { engine: "kyverno", install: true, chart },
      tiers: signedTiers,
    });
    // The preview comes first, when nothing of the engine is there yet.
    const { code, output } = await run("up", "--yes");
    assert.equal(code, 0, output);
    assert.match(output, /kubernetes:helm\.sh\/v3:Release +\S*fleet-platform-signatures/);
    const names = kubectl(["get", "imagevalidatingpolicies", "--output=name"]).stdout;
    assert.deepEqual(
      names.trim().split("\n").sort(),
      policies("kyverno")
        .map(({ metadata }) => `imagevalidatingpolicy.policies.kyverno.io/${metadata.name}`)
        .sort(),
    );
    const diff = ["diff", "--server-side", "--force-conflicts", "--filename=-"];
    const { status, stdout, stderr } = kubectl(diff, toYaml(policies("kyverno")));
    assert.equal(status, 0, stdout + stderr);
  });

  it("pulumi destroy takes the policies away before the engine, and leaves neither", async () => {
    const { code, output } = await run("destroy", "--yes", "--skip-preview");
    assert.equal(code, 0, output);
    const namespaces = kubectl(["get", "namespaces", "--output=name"]).stdout;
    assert.match(namespaces, /^namespace\/default$/m);
    assert.doesNotMatch(namespaces, /kyverno|mcp-/);
    // The chart takes its CRDs away, and with them any policy that were left.
    const crd = ["get", "crd", "imagevalidatingpolicies.policies.kyverno.io"];
    assert.match(kubectl(crd).stderr, /NotFound/);
  });
});
