import type { KubernetesObject, V1Pod } from "@kubernetes/client-node";
import { clientImage } from "../../../lab/images/table";
import type { Rendered } from "./rendered";
import type { Pod } from "./subjects";

const listen = `
for (const port of process.argv.slice(1)) require("net").createServer((s) => s.destroy()).listen(+port, "::");
`;

/** A pod of the lab that has a subject's labels and listens on its TCP ports. */
export function standIn({ name, namespace, labels, ports }: Pod): V1Pod {
  const listened = ports.filter(({ protocol }) => protocol === "TCP").map(({ port }) => port);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        seccompProfile: { type: "RuntimeDefault" },
        // A program without rights may then listen on port 53 of its own pod.
        sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
      },
      containers: [
        {
          name: "stand-in",
          image: clientImage,
          command: ["/usr/local/bin/node", "-e", listen, ...listened.map(String)],
          resources: {
            requests: { cpu: "5m", memory: "32Mi" },
            limits: { cpu: "500m", memory: "128Mi" },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
          },
        },
      ],
    },
  };
}

const tierKinds = ["Namespace", "ServiceAccount", "ResourceQuota", "LimitRange"];

/** Namespaces of the pods: the tiers' as they are rendered, with what else they hold, and the others. */
export function namespaces(
  { objects }: Rendered,
  pods: readonly Pod[],
): readonly KubernetesObject[] {
  const rendered = objects.filter(({ kind }) => tierKinds.includes(kind ?? ""));
  const known = new Set(["kube-system", ...rendered.map(({ metadata }) => metadata?.name)]);
  const others = new Set(pods.map(({ namespace }) => namespace).filter((one) => !known.has(one)));
  return [
    ...rendered,
    ...[...others].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
  ];
}
