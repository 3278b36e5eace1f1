import assert from "node:assert/strict";
import * as fc from "fast-check";
import { CatalogueError } from "../../catalog";
import type { CheckedCatalogue, Settings } from "../../catalog";
import { check } from "./arbitrary-catalogue";
import type { EntryText } from "./arbitrary-entry";
import { settingsOf } from "./arbitrary-environment";
import { nearNames } from "./arbitrary-names";
import type { NearNames } from "./arbitrary-names";
import type { KubernetesObject } from "./network-reading";
import { runs } from "./property-runs";
import { render, tierOf } from "./rendered";
import type { Rendered } from "./rendered";
import { toolHiveObjects } from "./toolhive-objects";
import type { Made } from "./toolhive-objects";

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const serviceName = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const qualified = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

function isSubdomain(text: string): boolean {
  return text.length <= 253 && text.split(".").every((part) => label.test(part));
}

/** Whether a name is one that the API server takes for the kind. */
function isName(kind: string, name: string): boolean {
  if (kind === "Service") return name.length <= 63 && serviceName.test(name);
  if (kind === "Namespace") return name.length <= 63 && label.test(name);
  // Its pods have the name and a hash of ten characters as a label (apps/v1, controller-revision-hash).
  if (kind === "StatefulSet") return name.length <= 52 && label.test(name);
  return isSubdomain(name);
}

function isLabel(key: string, value: string): boolean {
  const [name = "", domain, ...rest] = key.split("/").reverse();
  return (
    rest.length === 0 &&
    (domain === undefined || isSubdomain(domain)) &&
    name.length <= 63 &&
    qualified.test(name) &&
    value.length <= 63 &&
    (value === "" || qualified.test(value))
  );
}

/** Every map of labels in an object. */
function labelMaps(value: unknown): readonly Readonly<Record<string, string>>[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "labels" || key === "matchLabels" || key === "nodeSelector"
      ? [inner as Readonly<Record<string, string>>]
      : labelMaps(inner),
  );
}

/** All objects that there would be: those that are rendered and those that others make of them. */
function allMade({ objects }: Rendered, live: readonly EntryText[], settings: Settings): Made[] {
  const own = objects.map(({ kind, metadata: { name, namespace = "" } }) => ({
    kind,
    namespace,
    name,
  }));
  // The External Secrets Operator makes a Secret of each.
  const fetched = own
    .filter(({ kind }) => kind === "ExternalSecret")
    .map((made) => ({ ...made, kind: "Secret" }));
  const operators = live.flatMap((entry) =>
    toolHiveObjects(entry, tierOf(entry, settings).namespace),
  );
  return [...own, ...fetched, ...operators];
}

/** Names of the Pulumi resources, as URNs tell them apart: by the parents' types, their own and name. */
function resources(entries: Rendered["entries"]): readonly string[] {
  return [...entries].flatMap(([{ kind, name }, parts]) =>
    parts.map(
      ({ role, object }) => `Mcp${kind}$${object.apiVersion}/${object.kind}::${name}-${role}`,
    ),
  );
}

function twice(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => names.indexOf(name) < i);
}

function checkNames(object: KubernetesObject): void {
  for (const labels of labelMaps(object))
    for (const [key, value] of Object.entries(labels))
      // Cilium says before a key where the label is from.
      assert.ok(isLabel(key.replace(/^k8s:/, ""), value), `${object.kind}: ${key}=${value}`);
}

/** Names that Pulumi makes up for Secrets that it fills: the resource's, with a hash. */
function secretNames(entries: Rendered["entries"]): readonly string[] {
  return [...entries].flatMap(([{ name }, parts]) =>
    parts
      .filter(({ object }) => object.kind === "Secret")
      .map(({ role }) => `${name}-${role}-01234567`),
  );
}

/** What is checked, with its settings; undefined when anything is refused. */
function unrefused(near: NearNames): (CheckedCatalogue & { settings: Settings }) | undefined {
  try {
    const settings = settingsOf(near.settings);
    const checked = check({ settings, entries: near.entries });
    return checked.problems.some(({ severity }) => severity === "error")
      ? undefined
      : { ...checked, settings };
  } catch (error) {
    if (error instanceof CatalogueError) return undefined;
    throw error;
  }
}

describe("names of any catalogue", function () {
  // A busy machine takes many times longer.
  this.timeout(120_000);

  it("are refused, or distinct and what the API server takes", () => {
    let [right, all] = [0, 0];
    fc.assert(
      fc.property(nearNames, (near) => {
        all++;
        const checked = unrefused(near);
        if (!checked) return;
        right++;
        const { entries, settings } = checked;
        const rendered = render(entries, settings);
        const made = allMade(rendered, near.entries, settings);
        assert.deepEqual(
          twice(made.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)),
          [],
        );
        for (const { kind, name } of made) assert.ok(isName(kind, name), `${kind} ${name}`);
        for (const name of secretNames(rendered.entries)) assert.ok(isName("Secret", name), name);
        rendered.objects.forEach(checkNames);
        assert.deepEqual(twice(resources(rendered.entries)), []);
      }),
      runs(400),
    );
    assert.ok(right > all / 10, `only ${right} of ${all} were right: this shows little`);
  });
});
