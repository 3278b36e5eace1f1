import assert from "node:assert/strict";
import * as fc from "fast-check";
import { checkCatalogue, knowsHosts } from "../../catalog";
import type { Settings } from "../../catalog";
import { renderFiles } from "../../manifests";
import { changed, inFolder } from "../catalog/catalogue-folder";
import { accepted, catalogue, check } from "./arbitrary-catalogue";
import type { RandomCatalogue } from "./arbitrary-catalogue";
import type { EntryText, ServerText } from "./arbitrary-entry";
import { settingsOf } from "./arbitrary-environment";
import { declared } from "./declared";
import { readPolicy } from "./engine-reading";
import type { ModelPod, World } from "./network-reading";
import { runs } from "./property-runs";
import { render, tierOf } from "./rendered";
import type { Rendered } from "./rendered";
import { toolHivePods } from "./toolhive-objects";

// Another environment's namespace in the same cluster: labelled alike, and none of this one's.
const elsewhere = "elsewhere";

/** The pods of a catalogue, beside some that nobody declared. */
function worldOf({ tiers, entries }: Rendered, { network: { exclude } }: Settings): World {
  const namespaces = new Map(
    [...tiers].map(([{ namespace }, parts]) => {
      const labels = parts[0]?.object.metadata.labels ?? {};
      return [namespace, { ...labels, "kubernetes.io/metadata.name": namespace }];
    }),
  );
  const known = [...entries.values()].flatMap((parts) => {
    const main = parts.at(-1)?.object;
    return main ? toolHivePods(main) : [];
  });
  const strangers = [...namespaces.keys()].flatMap((namespace): readonly ModelPod[] => [
    { id: "bare", namespace, labels: {} },
    { id: "other", namespace, labels: { app: "other", toolhive: "true", role: "proxy" } },
  ]);
  const [labels = {}] = [...namespaces.values()];
  namespaces.set(elsewhere, { ...labels, "kubernetes.io/metadata.name": elsewhere });
  const twins = known.map((pod) => ({ ...pod, id: `${pod.id} twin`, namespace: elsewhere }));
  return { namespaces, pods: [...known, ...strangers, ...twins], exclude };
}

function filesOf(random: RandomCatalogue, fileName?: (i: number) => string): Map<string, string> {
  const { apiServer = [] } = random.settings.network;
  return new Map(renderFiles(accepted(random, fileName), random.settings, apiServer));
}

const sorted = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].sort();

describe("any catalogue that is right", function () {
  // A busy machine takes many times longer.
  this.timeout(120_000);

  it("lets its pods do what its text declares, and nothing else", () => {
    fc.assert(
      fc.property(catalogue(3), (random) => {
        const { settings } = random;
        const all = render(accepted(random), settings);
        const world = worldOf(all, settings);
        const policies = all.objects.flatMap((object) => readPolicy(object, world) ?? []);
        const expected = new Map(
          random.entries
            .filter(({ lifecycle }) => lifecycle?.state !== "retired")
            .flatMap((entry) => [...declared(entry, tierOf(entry, settings), settings)]),
        );
        const may = ({ id, ...pod }: ModelPod) => {
          const own = policies.filter(({ selects }) => selects({ id, ...pod }));
          const isolated = sorted(own.flatMap(({ isolates }) => isolates));
          assert.deepEqual(
            isolated,
            pod.namespace === elsewhere ? [] : ["Egress", "Ingress"],
            `isolation of ${id}`,
          );
          return [`${id} ${pod.namespace}`, sorted(own.flatMap(({ allows }) => allows))] as const;
        };
        assert.deepEqual(
          Object.fromEntries(world.pods.map(may)),
          Object.fromEntries(
            world.pods.map(({ id, namespace }) => [
              `${id} ${namespace}`,
              sorted(expected.get(id) ?? []),
            ]),
          ),
        );
        for (const id of expected.keys())
          assert.ok(
            world.pods.some((pod) => pod.id === id),
            `${id} is missing`,
          );
      }),
      runs(150),
    );
  });

  it("renders an entry the same whatever stands beside it", () => {
    fc.assert(
      fc.property(catalogue(4), ({ settings, entries }) => {
        const successors = new Set(entries.flatMap(({ lifecycle }) => lifecycle?.replacedBy ?? []));
        const free = entries.findIndex(({ name }) => !successors.has(name));
        fc.pre(entries.length > 1 && free >= 0);
        const all = filesOf({ settings, entries });
        const without = filesOf({ settings, entries: entries.filter((_, i) => i !== free) });
        assert.deepEqual(
          [...without],
          [...all].filter(([path]) => without.has(path)),
        );
        assert.ok(all.size - without.size <= 1);
      }),
      runs(40),
    );
  });

  it("is rendered alike every time, and in whatever order its files are", () => {
    const ordered = catalogue(4).chain((random) =>
      fc.record({
        random: fc.constant(random),
        order: fc.shuffledSubarray(
          random.entries.map((_, i) => i),
          { minLength: random.entries.length },
        ),
      }),
    );
    fc.assert(
      fc.property(ordered, ({ random, order }) => {
        const once = [...filesOf(random)];
        assert.deepEqual([...filesOf(random)], once);
        const other = filesOf(random, (i) => String(order[i]));
        const byPath = (a: readonly string[], b: readonly string[]): number =>
          (a[0] ?? "") < (b[0] ?? "") ? -1 : 1;
        assert.deepEqual([...other].sort(byPath), [...once].sort(byPath));
      }),
      runs(40),
    );
  });

  it("has no more in an engine's object than the API server takes, or is refused", () => {
    const environment = settingsOf({ network: { engine: "cluster-network-policy" } });
    const many = fc.record({
      hosts: fc.integer({ min: 1, max: 60 }),
      ports: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(many, ({ hosts, ports }) => {
        const egress = Array.from({ length: hosts }, (_, i) => ({
          host: `h${i}.example.com`,
          port: 1000 + (i % ports),
        }));
        const text = changed("port: 8080", `port: 8080\negress: ${JSON.stringify(egress)}`);
        const { entries } = inFolder({ "c/e.yaml": text }, () =>
          checkCatalogue(["c"], environment),
        );
        const all = render(entries, environment);
        for (const object of all.objects) readPolicy(object, worldOf(all, environment));
      }),
      runs(40),
    );
  });

  it("is refused where a tier forbids the internet, or a host that no engine knows", () => {
    const wide = fc.constantFrom<NonNullable<ServerText["egress"]>>("internet", [
      { host: "api.example.com", port: 443 },
    ]);
    fc.assert(
      fc.property(catalogue(1), wide, ({ settings, entries }, egress) => {
        const [first] = entries;
        if (!first) return;
        const live = { ...first, lifecycle: undefined };
        const entry: EntryText =
          live.kind === "Server" ? { ...live, egress } : { ...live, addresses: undefined };
        const refused = check({ settings, entries: [entry] }).problems.some(
          ({ severity }) => severity === "error",
        );
        const named = knowsHosts(settings) && (live.kind === "Remote" || egress !== "internet");
        assert.equal(!refused, named || tierOf(entry, settings).openEgress);
      }),
      runs(60),
    );
  });

  it("keeps sensitivities apart: no namespace and no ServiceAccount is shared", () => {
    fc.assert(
      fc.property(catalogue(4), (random) => {
        const all = render(accepted(random), random.settings);
        const owner = new Map<string, string>();
        const accounts = new Set(
          all.objects.flatMap(({ kind, metadata: { name, namespace = "none" } }) =>
            kind === "ServiceAccount" ? [`${namespace}/${name}`] : [],
          ),
        );
        const take = (what: string, sensitivity: string): void => {
          assert.equal(owner.get(what) ?? sensitivity, sensitivity, what);
          owner.set(what, sensitivity);
        };
        for (const [{ sensitivity }, parts] of all.tiers)
          for (const { object } of parts)
            take(
              `namespace ${object.kind === "Namespace" ? object.metadata.name : (object.metadata.namespace ?? "none")}`,
              sensitivity,
            );
        for (const [{ sensitivity }, parts] of all.entries)
          for (const { object } of parts) {
            const { namespace = "none" } = object.metadata;
            if (object.kind !== "ClusterNetworkPolicy") take(`namespace ${namespace}`, sensitivity);
            const { serviceAccount } = (object.spec ?? {}) as { readonly serviceAccount?: string };
            if (object.kind === "MCPServer") {
              take(`ServiceAccount ${namespace}/${String(serviceAccount)}`, sensitivity);
              assert.ok(accounts.has(`${namespace}/${String(serviceAccount)}`), "is no tier's");
            }
          }
      }),
      runs(40),
    );
  });
});
