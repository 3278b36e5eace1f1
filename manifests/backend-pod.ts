import type {
  Container,
  EnvVar,
  PodTemplateSpec,
  SeccompProfile,
  Volume,
  VolumeMount,
} from "kubernetes-types/core/v1";
import type { ServerEntry, Tier, VolumeUse } from "../catalog";
import type { EntryInput } from "./entry-input";
import { entryLabels } from "./labels";
import { toleration } from "./proxy-spec";
import { secretName } from "./secrets";

/**
 * What is laid over the backend's pod. `spec.resources` of an MCPServer sizes the proxy; the server's own
 * container, which ToolHive calls `mcp`, can only be sized here; `spec.volumes` reaches the proxy alone, and
 * `spec.secrets` takes one key of a Secret (ToolHive v0.48 pkg/container/kubernetes/client.go).
 */
export function backendPod(input: EntryInput<ServerEntry>): PodTemplateSpec {
  const { entry, tier } = input;
  const { placement: { nodeSelector, tolerations } = {}, imagePullSecrets, priorityClass } = entry;
  const runtimeClass = entry.runtimeClass ?? tier.runtimeClass;
  const seccompProfile = seccomp(tier);
  const mounts = [...volumes(input), ...writableFolders(entry.writable ?? [])];
  const env = secretVariables(input);
  const container: Container = {
    name: "mcp",
    resources: entry.resources,
    ...(env.length > 0 && { env }),
    ...(mounts.length > 0 && { volumeMounts: mounts.map(({ mount }) => mount) }),
    // ToolHive's own defaults, said here so that they are reviewed and do not change with its version.
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      privileged: false,
      readOnlyRootFilesystem: tier.readOnlyRoot,
      runAsNonRoot: true,
      seccompProfile,
    },
  };
  return {
    metadata: {
      labels: { ...entryLabels(entry) },
      ...(entry.annotations && { annotations: { ...entry.annotations } }),
    },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile },
      ...(runtimeClass !== undefined && { runtimeClassName: runtimeClass }),
      ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
      ...(nodeSelector && { nodeSelector: { ...nodeSelector } }),
      ...(tolerations && { tolerations: tolerations.map(toleration) }),
      ...(imagePullSecrets && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
      containers: [container],
      ...(mounts.length > 0 && { volumes: mounts.map(({ volume }) => volume) }),
    },
  };
}

function seccomp({ seccomp: profile }: Tier): SeccompProfile {
  const local = /^localhost\/(.*)$/.exec(profile)?.[1];
  return local === undefined
    ? { type: "RuntimeDefault" }
    : { type: "Localhost", localhostProfile: local };
}

function secretVariables(input: EntryInput<ServerEntry>): EnvVar[] {
  return input.entry.secrets.flatMap((use) =>
    Object.entries(use.env ?? {}).map(([name, key]) => ({
      name,
      valueFrom: { secretKeyRef: { name: secretName(input, use), key } },
    })),
  );
}

interface Mounted {
  readonly volume: Volume;
  readonly mount: VolumeMount;
}

function volumes(input: EntryInput<ServerEntry>): readonly Mounted[] {
  return input.entry.volumes.map((use, i) => {
    const name = `volume-${i}`;
    const key = "key" in use ? use.key : undefined;
    return {
      volume: { name, ...source(input, use) },
      mount: {
        name,
        mountPath: use.path,
        ...(!("emptyDir" in use) && { readOnly: "claim" in use ? use.readOnly : true }),
        ...(key !== undefined && { subPath: key }),
      },
    };
  });
}

function source(input: EntryInput<ServerEntry>, use: VolumeUse): Omit<Volume, "name"> {
  if ("configMap" in use) return { configMap: { name: use.configMap } };
  if ("claim" in use)
    return { persistentVolumeClaim: { claimName: use.claim, readOnly: use.readOnly } };
  if ("emptyDir" in use) {
    const { medium, sizeLimit } = use.emptyDir;
    return {
      emptyDir: {
        ...(medium === "memory" && { medium: "Memory" }),
        ...(sizeLimit !== undefined && { sizeLimit }),
      },
    };
  }
  const secret = input.entry.secrets.find(({ name }) => name === use.secret);
  return { secret: { secretName: secret ? secretName(input, secret) : use.secret } };
}

function writableFolders(paths: readonly string[]): readonly Mounted[] {
  return paths.map((mountPath, i) => {
    const name = `writable-${i}`;
    return { volume: { name, emptyDir: {} }, mount: { name, mountPath } };
  });
}
