import type { KubernetesObject, V1Deployment } from "@kubernetes/client-node";
import { dnsImage } from "../images/table";
import { addresses } from "../run/addresses";
import type { Api, ObjectName } from "../run/api";
import { worldAddresses } from "./network";

const namespace = "kube-system";
const name = "coredns";
const labels = { "k8s-app": "kube-dns" };

/** Names of the outside world that the lab's DNS knows; for all others there is none. */
const worldNames: Readonly<Record<string, readonly string[]>> = {
  "api.osv.dev": Object.values(worldAddresses.public),
  "outside.example.com": Object.values(worldAddresses.public),
};

const corefile = `cluster.local:53 in-addr.arpa:53 ip6.arpa:53 {
  errors
  ready
  kubernetes cluster.local in-addr.arpa ip6.arpa
}
.:53 {
  errors
  file /etc/coredns/world
}
`;

const zone = `$ORIGIN .
$TTL 60
@ IN SOA ns.lab. nobody.lab. 1 60 60 60 60
@ IN NS ns.lab.
${Object.entries(worldNames)
  .flatMap(([host, all]) =>
    all.map((address) => `${host}. IN ${address.includes(":") ? "AAAA" : "A"} ${address}`),
  )
  .join("\n")}
`;

type Made = KubernetesObject & ObjectName;

const rbac = "rbac.authorization.k8s.io";
const account = { kind: "ServiceAccount", name, namespace };
const metadata = { name, namespace };

const objects: readonly Made[] = [
  { apiVersion: "v1", kind: "ServiceAccount", metadata },
  {
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRole",
    metadata: { name },
    rules: [
      {
        apiGroups: [""],
        resources: ["services", "namespaces", "pods", "endpoints"],
        verbs: ["list", "watch"],
      },
      {
        apiGroups: ["discovery.k8s.io"],
        resources: ["endpointslices"],
        verbs: ["list", "watch"],
      },
    ],
  } as Made,
  {
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
    subjects: [account],
  } as Made,
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: { Corefile: corefile, world: zone },
  } as Made,
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kube-dns", namespace, labels },
    spec: {
      selector: labels,
      clusterIP: addresses.dns,
      ports: ["UDP", "TCP"].map((protocol) => ({
        name: `dns-${protocol.toLowerCase()}`,
        port: 53,
        protocol,
      })),
    },
  } as Made,
];

const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace, labels },
  spec: {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: name,
        dnsPolicy: "Default",
        // A program without rights may then listen on port 53 of its own pod.
        securityContext: {
          sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
        },
        containers: [
          {
            name,
            image: dnsImage,
            args: ["-conf", "/etc/coredns/Corefile"],
            readinessProbe: { httpGet: { path: "/ready", port: 8181 }, periodSeconds: 1 },
            volumeMounts: [{ name: "config", mountPath: "/etc/coredns", readOnly: true }],
          },
        ],
        volumes: [{ name: "config", configMap: { name } }],
      },
    },
  },
} satisfies V1Deployment & ObjectName;

/** Makes the cluster's DNS, unless it is there. */
export async function makeDns(api: Api): Promise<void> {
  for (const object of [...objects, deployment])
    if (!(await api.read(object))) await api.create<KubernetesObject>(object);
}

/** Whether the cluster's DNS answers. */
export async function dnsAnswers(api: Api): Promise<boolean> {
  const found = await api.read<V1Deployment>(deployment);
  return (found?.status?.availableReplicas ?? 0) > 0;
}
