import type { KubernetesObject, V1Node } from "@kubernetes/client-node";
import type { Tools } from "../build/tools";
import { Progress } from "../progress";
import type { Api } from "../run/api";
import type { ControlPlane } from "../run/control-plane";
import { startOne } from "../run/control-plane";
import type { Processes } from "../run/process";

const capacity = { cpu: "64", memory: "256Gi", pods: "5000" };

const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name: "simulated",
    annotations: { "kwok.x-k8s.io/node": "fake" },
    labels: { "kubernetes.io/hostname": "simulated", "kubernetes.io/os": "linux" },
  },
  status: { capacity, allocatable: capacity },
} satisfies KubernetesObject & V1Node;

/** Starts kwok, which plays the kubelet: pods are scheduled and become Ready, but nothing runs in them. */
export async function startSimulatedNode(
  tools: Tools,
  processes: Processes,
  { configOf }: ControlPlane,
  api: Api,
): Promise<void> {
  if (!(await api.read<V1Node>(node))) await api.create(node);
  const kwok = {
    name: "kwok",
    program: tools.program("kwok"),
    // Without a lease the node is taken for dead after a minute, and its pods with it.
    args: [
      `--kubeconfig=${configOf("kwok")}`,
      "--manage-all-nodes",
      "--node-lease-duration-seconds=40",
    ],
  };
  await startOne(new Progress(), processes, kwok, async () => {
    const current = await api.read<V1Node>(node);
    const conditions = current?.status?.conditions ?? [];
    return conditions.some(({ type, status }) => type === "Ready" && status === "True");
  });
}
