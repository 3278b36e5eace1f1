import type {
  KubernetesObject,
  V1Node,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1PriorityClass,
  V1RuntimeClass,
  V1Secret,
} from "@kubernetes/client-node";
import type { Entry } from "../../../catalog";
import type { Api } from "../../../lab/run/api";

const capacity = { cpu: "64", memory: "256Gi", pods: "5000" };

/** Node that only pods with the placement of the entry `tickets` may and do use. */
export const toolsNode = {
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name: "tools",
    annotations: { "kwok.x-k8s.io/node": "fake" },
    labels: { "kubernetes.io/hostname": "tools", "kubernetes.io/os": "linux", pool: "tools" },
  },
  spec: { taints: [{ key: "pool", value: "tools", effect: "NoSchedule" }] },
  status: { capacity, allocatable: capacity },
} satisfies KubernetesObject & V1Node;

/** Class that only pods with that priority have. */
export const priorityClass = {
  apiVersion: "scheduling.k8s.io/v1",
  kind: "PriorityClass",
  metadata: { name: "mcp-high" },
  value: 4711,
  description: "",
} satisfies KubernetesObject & V1PriorityClass;

const runtimeClass = {
  apiVersion: "node.k8s.io/v1",
  kind: "RuntimeClass",
  metadata: { name: "sandboxed" },
  handler: "sandboxed",
  // The API server adds it to every pod of the class, and only to such.
  overhead: { podFixed: { cpu: "5m", memory: "16Mi" } },
} satisfies KubernetesObject & V1RuntimeClass;

/** What entries name and expect to be there, before they are deployed: what others bring to a cluster. */
export async function bringNeeds(
  api: Api,
  entries: readonly Entry[],
  namespaceOf: (entry: Entry) => string,
): Promise<void> {
  for (const object of [toolsNode, priorityClass, runtimeClass]) await api.create(object);
  const seen = new Set<string>();
  for (const entry of entries.filter(({ lifecycle }) => lifecycle.state !== "retired"))
    for (const object of needs(entry, namespaceOf(entry))) {
      const key = `${object.kind ?? ""} ${object.metadata?.namespace ?? ""} ${object.metadata?.name ?? ""}`;
      if (seen.has(key)) continue;
      seen.add(key);
      await api.create(object);
    }
}

function needs(entry: Entry, namespace: string): readonly KubernetesObject[] {
  const claims =
    entry.kind === "Server"
      ? entry.volumes.flatMap((volume) => ("claim" in volume ? [volume.claim] : []))
      : [];
  const secrets = entry.secrets.flatMap(({ name, source }) => {
    if (source === "existing") return [name];
    // The External Secrets Operator fills it; without it ToolHive reports a remote as Failed.
    return source === "external" ? [`${entry.name}.${name}`] : [];
  });
  return [
    ...claims.flatMap((name) => [
      disk(`${namespace}.${name}`, name, namespace),
      claim(name, namespace),
    ]),
    ...secrets.map((name) => secret(name, namespace)),
  ];
}

function disk(name: string, claimName: string, namespace: string) {
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name },
    spec: {
      capacity: { storage: "1Gi" },
      accessModes: ["ReadWriteMany"],
      claimRef: { name: claimName, namespace },
      nfs: { server: "192.0.2.1", path: "/" },
    },
  } satisfies KubernetesObject & V1PersistentVolume;
}

function claim(name: string, namespace: string) {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name, namespace },
    spec: {
      accessModes: ["ReadWriteMany"],
      storageClassName: "",
      resources: { requests: { storage: "1Gi" } },
    },
  } satisfies KubernetesObject & V1PersistentVolumeClaim;
}

function secret(name: string, namespace: string) {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace },
    stringData: { token: "of somebody else" },
  } satisfies KubernetesObject & V1Secret;
}
