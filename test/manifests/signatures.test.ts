import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LabelSelector } from "kubernetes-types/meta/v1";
import { parseAllDocuments } from "yaml";
import { renderFiles, renderSignatures, signatureLabels } from "../../manifests";
import type { Part } from "../../manifests";
import { toYaml } from "../../manifests/yaml";
import {
  engines,
  entries,
  inputOf,
  key,
  policiesOf,
  server,
  settingsOf,
  signedTiers,
} from "./signed";
import type { Engine } from "./signed";

type Labels = Readonly<Record<string, string>>;

interface Spec {
  readonly match?: readonly { readonly resource: string; readonly selector: LabelSelector }[];
  readonly authorities?: readonly { readonly signatureFormat?: string }[];
  readonly attestors?: readonly object[];
  readonly validations?: readonly { readonly message: string }[];
}

const specOf = ({ manifest }: Part): Spec => manifest.spec as Spec;

/** Whether labels fit a selector, as Kubernetes reads it: NotIn fits what lacks the label. */
function fits({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([name, value]) => labels[name] === value) &&
    matchExpressions.every(({ key: name, operator, values = [] }) => {
      const value = labels[name];
      const listed = value !== undefined && values.includes(value);
      if (operator === "In") return listed;
      if (operator === "NotIn") return !listed;
      return (operator === "Exists") === (value !== undefined);
    })
  );
}

/** Roles of the policy-controller's policies that hold an object. */
function holding(parts: readonly Part[], resource: string, labels: Labels): readonly string[] {
  return parts
    .filter((part) =>
      (specOf(part).match ?? []).some(
        (one) => one.resource === resource && fits(one.selector, labels),
      ),
    )
    .map(({ role }) => role);
}

const tierLabel = { "mcp-fleet.dev/sensitivity": "internal" };
const proxy = { app: "mcpserver", toolhive: "true", "toolhive-name": "osv", ...tierLabel };
const backend = (name: string): Labels => ({
  app: name,
  toolhive: "true",
  "toolhive-basename": name,
  ...tierLabel,
});

describe("renderSignatures", () => {
  // UPDATE_GOLDEN=1 writes what is rendered now; the difference is then reviewed as any other.
  for (const engine of engines)
    it(`renders the policies of ${engine} as reviewed`, () => {
      const golden = join(__dirname, "golden", "signatures", `${engine}.yaml`);
      const text = toYaml(policiesOf(settingsOf(engine)).map(({ manifest }) => manifest));
      if (process.env.UPDATE_GOLDEN === "1") {
        mkdirSync(dirname(golden), { recursive: true });
        writeFileSync(golden, text);
      }
      assert.ok(existsSync(golden), `${golden} is missing; run with UPDATE_GOLDEN=1 and review it`);
      assert.equal(text, readFileSync(golden, "utf8"));
    });

  for (const engine of engines)
    it(`makes nothing with ${engine} where nothing is demanded`, () => {
      const input = inputOf(settingsOf(engine, {}), "internal", [server("osv")]);
      assert.deepEqual(renderSignatures(input), []);
      assert.deepEqual(signatureLabels(input), {});
    });

  // Which pods Kyverno's conditions hold, Kyverno itself says (test/lab/signatures.test.ts).
  it("lets each pod that has the tier's label be held by one demand of the policy-controller", () => {
    const parts = renderSignatures(inputOf(settingsOf("policy-controller"), "internal"));
    const held = (labels: Labels): readonly string[] => holding(parts, "pods", labels);
    const tierOwn = ["provenance-backends", "spdx-backends", "signature-backends"];
    assert.deepEqual(held(backend("osv")), tierOwn);
    // An entry may be named as the pods of proxies are.
    assert.deepEqual(held(backend("mcpserver")), tierOwn);
    assert.deepEqual(held(backend("docker")), ["signature-entry-docker"]);
    for (const app of ["mcpserver", "mcpremoteproxy", "virtualmcpserver", "foreign"])
      assert.deepEqual(held({ ...proxy, app }), ["signature-proxies"], app);
    assert.deepEqual(held({}), []);
  });

  it("lets the policy-controller pass what ToolHive makes pods by, and no other workload", () => {
    const parts = renderSignatures(inputOf(settingsOf("policy-controller"), "internal"));
    const statefulSet = { app: "osv", toolhive: "true", "toolhive-basename": "osv" };
    for (const [resource, labels] of [
      ["deployments", proxy],
      ["replicasets", proxy],
      ["statefulsets", statefulSet],
    ] as const)
      assert.deepEqual(holding(parts, resource, labels), ["unverified-workloads"], resource);
    assert.deepEqual(holding(parts, "jobs", proxy), []);
    assert.deepEqual(holding(parts, "deployments", { app: "foreign" }), []);
    assert.deepEqual(holding(parts, "statefulsets", tierLabel), []);
  });

  it("passes the others of a tier in which an entry alone demands a signature", () => {
    const some = [server("osv"), server("docker", { signature: { key } })];
    const settings = settingsOf("policy-controller", {});
    const parts = renderSignatures(inputOf(settings, "internal", some));
    assert.deepEqual(holding(parts, "pods", backend("docker")), ["signature-entry-docker"]);
    assert.deepEqual(holding(parts, "pods", backend("osv")), ["unverified-others"]);
    assert.deepEqual(holding(parts, "pods", proxy), ["unverified-others"]);
    const kyverno = renderSignatures(inputOf(settingsOf("kyverno", {}), "internal", some));
    assert.deepEqual(
      kyverno.map(({ role }) => role),
      ["signature-entry-docker"],
    );
  });

  it("makes an entry's own policy before the tier's, which leaves the entry out", () => {
    for (const engine of engines) {
      const roles = renderSignatures(inputOf(settingsOf(engine), "internal")).map((p) => p.role);
      assert.ok(roles.indexOf("signature-entry-docker") < roles.indexOf("signature-backends"));
      assert.equal(roles.at(-1), "signature-backends");
    }
  });

  it("takes no signature of an entry that is retired or of another tier", () => {
    const lifecycle = { state: "retired" };
    const gone = server("docker", { signature: { key }, lifecycle });
    const elsewhere = server("gofetch", { signature: { key }, sensitivity: "public" });
    for (const engine of engines) {
      const input = inputOf(settingsOf(engine, {}), "internal", [gone, elsewhere]);
      assert.deepEqual(renderSignatures(input), []);
    }
  });

  it("gives no two policies of two fleets one name", () => {
    const other = Object.fromEntries(
      Object.entries(signedTiers).map(([tier, rules]) => [
        tier,
        { ...rules, namespace: `b-${tier}` },
      ]),
    );
    for (const engine of engines) {
      const names = [settingsOf(engine), settingsOf(engine, other)].flatMap((settings) =>
        policiesOf(settings, [server("osv"), server("docker", { signature: { key } })]).map(
          ({ manifest }) => manifest.metadata.name,
        ),
      );
      assert.deepEqual(names, [...new Set(names)]);
      assert.ok(names.length >= 8);
    }
  });

  it("names a key in a key service by its address, and never as a PEM", () => {
    const address = "awskms:///alias/images";
    const tiers = { internal: { signature: { key: address } } };
    const own = ({ role }: Part): boolean => role === "signature-backends";
    const [controller, kyverno] = engines.flatMap((engine) =>
      policiesOf(settingsOf(engine, tiers), []).filter(own).map(specOf),
    );
    assert.deepEqual(controller?.authorities, [{ name: "tag", key: { kms: address } }]);
    assert.deepEqual(kyverno?.attestors, [
      {
        name: "signer",
        cosign: {
          key: { kms: address },
          ctlog: { insecureIgnoreTlog: true, insecureIgnoreSCT: true },
        },
      },
    ]);
    assert.match(kyverno.validations?.[0]?.message ?? "", /signed by awskms:\/\/\/alias\/images,/);
  });

  it("asks no bundle of a key, which the policy-controller cannot read", () => {
    const parts = renderSignatures(inputOf(settingsOf("policy-controller"), "restricted"));
    const formats = (role: string): readonly unknown[] =>
      parts
        .filter((part) => part.role === role)
        .flatMap((part) => (specOf(part).authorities ?? []).map((one) => one.signatureFormat));
    assert.deepEqual(formats("signature-backends"), [undefined]);
    assert.deepEqual(formats("cyclonedx-backends"), [undefined]);
    assert.deepEqual(formats("signature-proxies"), [undefined, "bundle"]);
  });
});

describe("the namespace of a tier that demands signatures", () => {
  const labels = (engine: Engine, tier: string): Labels => {
    const settings = settingsOf(engine);
    const text = renderFiles(entries, settings, []).get(`tiers/${tier}.yaml`) ?? "";
    const objects = parseAllDocuments(text).map((one) => one.toJS() as Part["manifest"]);
    const policies = objects.filter(({ kind }) => /Image.*Policy$/.test(kind));
    assert.deepEqual(
      policies,
      renderSignatures(inputOf(settings, tier as "internal")).map(({ manifest }) => manifest),
    );
    return objects.find(({ kind }) => kind === "Namespace")?.metadata.labels ?? {};
  };

  it("asks the policy-controller to look at it, and Kyverno for nothing", () => {
    const include = "policy.sigstore.dev/include";
    assert.equal(labels("policy-controller", "internal")[include], "true");
    assert.equal(labels("policy-controller", "public")[include], "true");
    assert.ok(!(include in labels("policy-controller", "confidential")));
    assert.ok(!(include in labels("kyverno", "internal")));
  });
});
