import assert from "node:assert/strict";
import type { KubernetesObject, V1EndpointSlice } from "@kubernetes/client-node";
import type { Container, Pod, Volume } from "kubernetes-types/core/v1";
import type { Entry } from "../../../catalog";
import type { TestLab } from "../test-lab";
import { eventually, namespaceOf } from "./fleet";
import { expectedLabels, notMade, podOf, pods, tierNamespaces, whole, workloads } from "./pods";
import type { RawApi } from "./raw-api";
import { complaints } from "./strict";
import {
  confined,
  ticketsBackend,
  ticketsMetadata,
  ticketsPlacement,
  ticketsProxyResources,
} from "./tickets-pods";

/** Fails unless every entry has its proxy and backend, whole, of pods that were all admitted. */
export async function assertAllPods(lab: TestLab, entries: readonly Entry[]): Promise<void> {
  const { proxies, backends } = await eventually(60, async () => {
    const found = await whole(lab.api());
    assertAtLeast(entries, found);
    return found;
  });
  const names = (all: readonly KubernetesObject[]): readonly string[] =>
    all.map(({ metadata }) => `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`).sort();
  const expected = (all: readonly Entry[]): readonly string[] =>
    all.map((entry) => `${namespaceOf(entry)}/${entry.name}`).sort();
  assert.deepEqual(names(proxies), expected(entries));
  assert.deepEqual(names(backends), expected(entries.filter(({ kind }) => kind === "Server")));
  assert.deepEqual(await notMade(lab.api(), ...tierNamespaces), []);
  const wanted = [...proxies, ...backends].reduce((n, { spec }) => n + (spec?.replicas ?? 0), 0);
  const all = await pods(lab.api());
  assert.equal(all.length, wanted);
  console.log(`      ${all.length} pods of ${entries.length} entries`);
}

/** Fails unless the autoscalers have made as many pods as they must at least. */
function assertAtLeast(
  entries: readonly Entry[],
  { proxies, backends }: Awaited<ReturnType<typeof workloads>>,
): void {
  for (const entry of entries) {
    const own = (all: typeof proxies): number =>
      all.find(({ metadata }) => metadata?.name === entry.name)?.spec?.replicas ?? 0;
    const { proxy } = entry.autoscaling ?? {};
    const server = entry.kind === "Server" ? entry.autoscaling?.server : undefined;
    assert.ok(own(proxies) >= (proxy?.min ?? 1), `${entry.name}: ${own(proxies)} proxies`);
    if (server) assert.ok(own(backends) >= server.min, `${entry.name}: ${own(backends)} backends`);
  }
}

/** ToolHive v0.48 sets this twice, alike, in the proxy of a remote with a header from a Secret. */
const doubled = 'hides previous definition of "TOOLHIVE_SECRETS_PROVIDER"';

/** What the API server has against the pods as they were made, each posted by itself. */
export async function podRefusals(lab: TestLab, api: RawApi): Promise<readonly string[]> {
  const { proxies, backends } = await workloads(lab.api());
  const said = await Promise.all(
    [...proxies, ...backends].map(async (workload) => {
      const pod = podOf(workload);
      return complaints(pod, await api.create(pod, true));
    }),
  );
  return said.flat().filter((text) => !text.includes(doubled));
}

/** Fails unless an entry's object and all its pods say whose they are. */
export async function assertLabels(lab: TestLab, entry: Entry): Promise<void> {
  const kind = entry.kind === "Server" ? "MCPServer" : "MCPRemoteProxy";
  const own = await lab.api().read({
    apiVersion: "toolhive.stacklok.dev/v1beta1",
    kind,
    metadata: { name: entry.name, namespace: namespaceOf(entry) },
  });
  const found = await podsOf(lab, entry.name);
  assert.ok(found.length >= (entry.kind === "Server" ? 2 : 1), entry.name);
  for (const object of [own, ...found]) {
    const labels = object?.metadata?.labels ?? {};
    const wanted = expectedLabels(entry);
    const has = Object.fromEntries(Object.keys(wanted).map((key) => [key, labels[key]]));
    assert.deepEqual(has, wanted, object?.metadata?.name);
  }
}

/** Pods of an entry by the label that both its proxy and its backend have. */
export async function podsOf(lab: TestLab, entry: string): Promise<readonly Pod[]> {
  const all = await pods(lab.api());
  return all.filter(({ metadata }) => metadata?.labels?.["mcp-fleet.dev/entry"] === entry);
}

/** Fails unless the pods of `tickets` are as the entry asks. */
export async function assertTickets(lab: TestLab): Promise<void> {
  const all = await podsOf(lab, "tickets");
  const backends = all.filter(({ metadata }) => metadata?.labels?.app === "tickets");
  const proxies = all.filter(({ metadata }) => metadata?.labels?.app === "mcpserver");
  assert.deepEqual([backends.length, proxies.length], [2, 2]);
  for (const pod of backends) assertBackend(pod);
  for (const { spec } of proxies)
    assert.deepEqual(spec?.containers[0]?.resources, ticketsProxyResources);
  for (const { metadata, spec } of all) {
    assert.equal(spec?.containers.length, 1);
    assertHolds({ metadata, spec }, { metadata: ticketsMetadata });
    const { nodeName, nodeSelector } = ticketsPlacement;
    assertHolds(spec, { nodeName, nodeSelector });
    // The API server adds two of its own.
    assert.deepEqual(spec.tolerations?.slice(0, -2), ticketsPlacement.tolerations);
    assertHolds(spec.containers[0]?.securityContext, confined);
  }
}

function assertBackend({ spec }: Pod): void {
  const [container] = spec?.containers ?? [];
  assert.ok(spec && container);
  const desk = spec.volumes?.find(({ name }) => name === "volume-3")?.secret?.secretName ?? "";
  assert.match(desk, /^tickets-secret\.desk-[0-9a-f]+$/);
  const { container: ownContainer, env, mounts, ...own } = ticketsBackend(desk);
  assertHolds(spec, own);
  assertHolds(container, ownContainer);
  // ToolHive adds some, and order means nothing but for a variable that names another.
  for (const variable of env)
    assert.deepEqual(
      container.env?.find(({ name }) => name === variable.name),
      variable,
    );
  assert.deepEqual(mountsOf(container, spec.volumes ?? []), mounts);
}

function mountsOf(container: Container, volumes: readonly Volume[]): object {
  return Object.fromEntries(
    (container.volumeMounts ?? []).map(({ mountPath, name, ...mount }) => {
      const volume = volumes.find((one) => one.name === name);
      return [mountPath, { ...mount, volume: source(volume) }];
    }),
  );
}

function source(volume: Volume | undefined): object {
  if (volume?.configMap) return { configMap: volume.configMap.name };
  if (volume?.secret) return { secret: volume.secret.secretName };
  if (volume?.emptyDir) return { emptyDir: volume.emptyDir };
  const { claimName, readOnly } = volume?.persistentVolumeClaim ?? {};
  return { claim: claimName, ...(readOnly !== undefined && { readOnly }) };
}

/** Fails unless an object has all that another has; maps may have more, lists may not. */
function assertHolds(actual: unknown, expected: object): asserts actual is object {
  const part = (value: unknown, like: unknown): unknown =>
    typeof like === "object" && like !== null && !Array.isArray(like)
      ? Object.fromEntries(
          Object.entries(like).map(([key, inner]) => [
            key,
            part((value as Record<string, unknown> | undefined)?.[key], inner),
          ]),
        )
      : value;
  assert.deepEqual(part(actual, expected), expected);
}

/** Addresses of the pods behind a Service that are ready to be called. */
export async function behind(
  lab: TestLab,
  namespace: string,
  service: string,
): Promise<readonly string[]> {
  const slices = await lab
    .api()
    .list<V1EndpointSlice & KubernetesObject>("discovery.k8s.io/v1", "EndpointSlice", namespace);
  return slices
    .filter(({ metadata }) => metadata?.labels?.["kubernetes.io/service-name"] === service)
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ conditions }) => conditions?.ready)
    .flatMap(({ addresses }) => addresses)
    .sort();
}
