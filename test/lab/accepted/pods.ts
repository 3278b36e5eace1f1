import assert from "node:assert/strict";
import type {
  CoreV1Event,
  KubernetesObject,
  V1Deployment,
  V1StatefulSet,
} from "@kubernetes/client-node";
import type { Pod } from "kubernetes-types/core/v1";
import { sensitivities } from "../../../catalog";
import type { Entry } from "../../../catalog";
import type { Api } from "../../../lab/run/api";
import { eventually, namespaceOf } from "./fleet";

/** Namespaces of the four tiers. */
export const tierNamespaces = sensitivities.map((sensitivity) => namespaceOf({ sensitivity }));

/** What makes pods: the operator's Deployments and the proxies' StatefulSets. */
export type Workload = (V1Deployment | V1StatefulSet) & KubernetesObject;

/** Everything in the tiers that makes pods, by kind. */
export async function workloads(
  api: Api,
): Promise<{ readonly proxies: readonly Workload[]; readonly backends: readonly Workload[] }> {
  const [deployments, sets] = await Promise.all([
    api.list<V1Deployment>("apps/v1", "Deployment"),
    api.list<V1StatefulSet>("apps/v1", "StatefulSet"),
  ]);
  // Objects of a list do not say what they are.
  const proxies = deployments
    .filter(inTier)
    .map((one) => Object.assign(one, { kind: "Deployment" }));
  const backends = sets.filter(inTier).map((one) => Object.assign(one, { kind: "StatefulSet" }));
  return { proxies, backends };
}

/** Pods of the tiers that are not about to end. */
export async function pods(api: Api): Promise<readonly Pod[]> {
  const all = await api.list<Pod & KubernetesObject>("v1", "Pod");
  return all
    .filter((pod) => inTier(pod) && pod.metadata?.deletionTimestamp === undefined)
    .map((pod) => plain(pod));
}

/** Pods that something made could not make, and why. */
export async function notMade(
  api: Api,
  ...namespaces: readonly string[]
): Promise<readonly string[]> {
  const events = await api.list<CoreV1Event>("v1", "Event");
  return events
    .filter(({ reason, metadata }) => {
      return reason === "FailedCreate" && namespaces.includes(metadata.namespace ?? "");
    })
    .map(
      ({ involvedObject: { kind, name }, message }) =>
        `${kind ?? ""} ${name ?? ""}: ${message ?? ""}`,
    );
}

/** Waits until all that makes pods has what it should have; gives all of it. */
export async function whole(api: Api): Promise<Awaited<ReturnType<typeof workloads>>> {
  return await eventually(60, async () => {
    const found = await workloads(api);
    assertWhole([...found.proxies, ...found.backends]);
    return found;
  });
}

/** Fails unless every workload has all its pods, of its present template, Ready. */
function assertWhole(all: readonly Workload[]): void {
  const lacking = all.filter(({ metadata, spec, status }) => {
    const wanted = spec?.replicas ?? 0;
    return (
      wanted === 0 ||
      status?.observedGeneration !== metadata?.generation ||
      status?.readyReplicas !== wanted ||
      status.updatedReplicas !== wanted ||
      status.replicas !== wanted
    );
  });
  assert.deepEqual(
    lacking.map(({ metadata, status }) => [metadata?.name, status]),
    [],
  );
}

/** The pod that a workload makes, to be posted by itself. */
export function podOf({ metadata, spec }: Workload): Pod {
  const { template } = plain<{ readonly template?: Pod }>({ template: spec?.template as Pod });
  const names = { name: `${metadata?.name ?? ""}-tried`, namespace: metadata?.namespace };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...template?.metadata, ...names },
    spec: template?.spec,
  };
}

/** An object of the client without the client's classes. */
function plain<T>(object: T): T {
  return JSON.parse(JSON.stringify(object)) as T;
}

/** Labels by which an entry's objects and pods are told apart. */
export function expectedLabels(entry: Entry): Readonly<Record<string, string>> {
  return {
    "mcp-fleet.dev/entry": entry.name,
    "mcp-fleet.dev/owner": entry.owner.team,
    "mcp-fleet.dev/category": entry.category,
    "mcp-fleet.dev/cost-class": entry.costClass,
    "mcp-fleet.dev/sensitivity": entry.sensitivity,
  };
}

function inTier({ metadata }: KubernetesObject): boolean {
  return tierNamespaces.includes(metadata?.namespace ?? "");
}
