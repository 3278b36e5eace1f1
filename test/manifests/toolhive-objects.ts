/**
 * What the ToolHive operator makes of an entry: objects by kind and name, and pods with their labels.
 * Source: ToolHive v0.48 cmd/thv-operator/controllers, pkg/container/kubernetes/client.go, pkg/labels.
 */
import type { EntryText } from "./arbitrary-entry";
import type { KubernetesObject, ModelPod } from "./network-reading";

/** An object that somebody makes. */
export interface Made {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Objects that ToolHive makes of an entry that runs. */
export function toolHiveObjects({ kind, name, transport }: EntryText, namespace: string): Made[] {
  const made = (of: string, called: string): Made => ({ kind: of, namespace, name: called });
  const runner = kind === "Server" ? `${name}-proxy-runner` : `${name}-remote-proxy-runner`;
  const rights = ["ServiceAccount", "Role", "RoleBinding"].map((of) => made(of, runner));
  const both = [made("Deployment", name), made("ConfigMap", `${name}-runconfig`), ...rights];
  if (kind === "Remote") return [...both, made("Service", `mcp-${name}-remote-proxy`)];
  const backend =
    transport === "stdio"
      ? []
      : [made("Service", `mcp-${name}`), made("Service", `mcp-${name}-headless`)];
  return [...both, made("StatefulSet", name), made("Service", `mcp-${name}-proxy`), ...backend];
}

/** Pods of an entry: its proxy, and the backend of a server. */
export function toolHivePods(main: KubernetesObject): readonly ModelPod[] {
  const { name, namespace = "" } = main.metadata;
  const proxy = main.kind === "MCPServer" ? "mcpserver" : "mcpremoteproxy";
  const spec = main.spec as {
    readonly transport: string;
    readonly resourceOverrides: {
      readonly proxyDeployment: {
        readonly podTemplateMetadataOverrides: { readonly labels: Labels };
      };
    };
    readonly podTemplateSpec?: { readonly metadata: { readonly labels: Labels } };
  };
  const { labels } = spec.resourceOverrides.proxyDeployment.podTemplateMetadataOverrides;
  const pods: ModelPod[] = [
    {
      id: `${name} proxy`,
      namespace,
      // On a collision the operator's own labels win.
      labels: {
        ...labels,
        app: proxy,
        "app.kubernetes.io/name": proxy,
        "app.kubernetes.io/instance": name,
        toolhive: "true",
        "toolhive-name": name,
      },
    },
  ];
  if (spec.podTemplateSpec)
    pods.push({
      id: `${name} backend`,
      namespace,
      labels: {
        ...spec.podTemplateSpec.metadata.labels,
        app: name,
        toolhive: "true",
        "toolhive-name": name,
        "toolhive-basename": name,
        "toolhive-transport": spec.transport,
        "toolhive-port": "8080",
      },
    });
  return pods;
}

type Labels = Readonly<Record<string, string>>;
