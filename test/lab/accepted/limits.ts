import assert from "node:assert/strict";
import type { Container, Pod, PodSpec, ResourceRequirements } from "kubernetes-types/core/v1";
import type { TestLab } from "../test-lab";
import { eventually } from "./fleet";
import { notMade, pods } from "./pods";
import type { PlainObject, RawApi, Said } from "./raw-api";

const securityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

/** A container that every tier admits. */
const container: Container = { name: "a", image: "registry.example.com/a:1", securityContext };

/** A pod that every tier admits, with what a test changes of it. */
function pod(namespace: string, spec: Partial<PodSpec> = {}): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "tried", namespace },
    spec: { automountServiceAccountToken: false, containers: [container], ...spec },
  };
}

/** Something that no tier takes, and what the API server says to it. */
interface Refused {
  readonly what: string;
  readonly object: (namespace: string) => PlainObject;
  readonly expected: RegExp;
}

const privileged = { ...securityContext, allowPrivilegeEscalation: true, privileged: true };

/** Objects that no tier takes. */
export const refused: readonly Refused[] = [
  {
    what: "pods that together may take more than the quota",
    // Each container is as large as one may be, so that only the sum is too much.
    object: (namespace) =>
      pod(namespace, {
        containers: Array.from({ length: 60 }, (_, i) => ({
          ...container,
          name: `a${i}`,
          resources: { limits: { cpu: "4", memory: "64Mi" }, requests: { cpu: "1m" } },
        })),
      }),
    expected:
      /exceeded quota: quota, requested: limits\.cpu=240, used: .*limited: limits\.cpu=[12]00/,
  },
  ...(["NodePort", "LoadBalancer"] as const).map((type) => ({
    what: `a Service of type ${type}`,
    object: (namespace: string) => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "tried", namespace },
      spec: { type, ports: [{ port: 80 }], selector: { app: "tried" } },
    }),
    expected: new RegExp(`exceeded quota: quota, requested: .*services\\.${type.toLowerCase()}s=1`),
  })),
  ...[
    {
      resource: "cpu",
      limit: "4001m",
      expected: /maximum cpu usage per Container is 4, but limit is 4001m/,
    },
    {
      resource: "memory",
      limit: "9Gi",
      expected: /maximum memory usage per Container is 8Gi, but limit is 9Gi/,
    },
  ].map(({ resource, limit, expected }) => ({
    what: `a container with too high a limit of ${resource}`,
    object: (namespace: string) =>
      pod(namespace, {
        containers: [{ ...container, resources: { limits: { [resource]: limit } } }],
      }),
    expected,
  })),
  {
    what: "a privileged container",
    object: (namespace) =>
      pod(namespace, { containers: [{ ...container, securityContext: privileged }] }),
    expected: /violates PodSecurity "restricted:latest": privileged/,
  },
  {
    what: "a folder of the node",
    object: (namespace) =>
      pod(namespace, { volumes: [{ name: "node", hostPath: { path: "/etc" } }] }),
    expected:
      /violates PodSecurity "restricted:latest": restricted volume types \(volume "node" uses restricted volume type "hostPath"\)/,
  },
  {
    what: "the node's network",
    object: (namespace) => pod(namespace, { hostNetwork: true }),
    expected: /violates PodSecurity "restricted:latest": host namespaces \(hostNetwork=true\)/,
  },
  {
    what: "a pod that says nothing of its rights",
    object: (namespace) =>
      pod(namespace, { containers: [{ name: "a", image: "registry.example.com/a:1" }] }),
    expected: /violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false/,
  },
];

/** Posts, as anybody with rights in the namespace could, an object that must not be kept. */
export async function post(api: RawApi, object: PlainObject): Promise<Said> {
  return await api.create(object, false);
}

/** The pod without resources as the tier's LimitRange has filled it, and as it is admitted. */
export async function defaulted(
  api: RawApi,
  namespace: string,
): Promise<ResourceRequirements | undefined> {
  const { code, body } = await api.create(pod(namespace), true);
  assert.equal(code, 201, body.message);
  return (body as Pod).spec?.containers[0]?.resources;
}

/** Changes that somebody makes to an MCPServer by hand, and what becomes of its pods. */
export const handPatches: readonly {
  readonly entry: string;
  readonly what: string;
  readonly spec: Partial<PodSpec>;
  readonly expected: RegExp;
}[] = [
  {
    entry: "time",
    what: "privileged",
    spec: { containers: [{ name: "mcp", securityContext: privileged }] },
    expected: /violates PodSecurity "restricted:latest": privileged/,
  },
  {
    // It has no volumes of its own, which the patch would take from under its mounts.
    entry: "sequential-thinking",
    what: "given a folder of the node",
    spec: { volumes: [{ name: "node", hostPath: { path: "/etc" } }] },
    expected:
      /violates PodSecurity "restricted:latest": restricted volume types \(volume "node" uses restricted volume type "hostPath"\)/,
  },
];

const namespace = "mcp-public";

/** Changes what the pods of an MCPServer are laid over with, as somebody would. */
async function patchPods(lab: TestLab, name: string, spec: object): Promise<void> {
  const server = {
    apiVersion: "toolhive.stacklok.dev/v1beta1",
    kind: "MCPServer",
    metadata: { name, namespace },
  };
  await lab.api().patch(server, { spec: { podTemplateSpec: { spec } } }, "somebody");
}

/**
 * Takes away what the patches have added beside the fields of the catalogue: by server-side apply it is
 * theirs who wrote it, and no `up` takes it back.
 */
export async function takeAdditionsAway(lab: TestLab): Promise<void> {
  for (const { entry, spec } of handPatches)
    if (spec.volumes) await patchPods(lab, entry, { volumes: null });
}

/** Patches an MCPServer as somebody would, and waits until its pods are refused for it. */
export async function refusedAfterPatch(
  lab: TestLab,
  { entry, spec, expected }: (typeof handPatches)[number],
): Promise<void> {
  await patchPods(lab, entry, spec);
  await eventually(60, async () => {
    const refusals = await notMade(lab.api(), namespace);
    const own = refusals.filter((text) => text.startsWith(`StatefulSet ${entry}: `));
    assert.ok(own.length > 0, `${entry}: no pod was refused`);
    for (const text of own) assert.match(text, expected);
  });
  const running = (await pods(lab.api())).filter(({ spec: own }) =>
    [
      ...(own?.containers ?? []).map((one) => one.securityContext?.privileged),
      ...(own?.volumes ?? []).map(({ hostPath }) => hostPath !== undefined),
    ].includes(true),
  );
  assert.deepEqual(
    running.map(({ metadata }) => metadata?.name),
    [],
  );
}
