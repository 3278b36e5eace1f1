/**
 * What the entry `tickets` asks for, as its pods must have it: written by hand from the entry, and not
 * from what is rendered of it.
 */

/** @param desk Name of the Secret that Pulumi made for it. */
export function ticketsBackend(desk: string) {
  const from = (name: string, key: string) => ({ valueFrom: { secretKeyRef: { name, key } } });
  return {
    serviceAccountName: "mcp-server",
    automountServiceAccountToken: false,
    priorityClassName: "mcp-high",
    priority: 4711,
    runtimeClassName: "sandboxed",
    overhead: { cpu: "5m", memory: "16Mi" },
    imagePullSecrets: [{ name: "registry" }, { name: "registry-mirror" }],
    container: {
      image:
        "registry.example.com/desk/tickets:1.4.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      args: ["--log-format", "json", "--password-file=/etc/desk/password"],
      resources: {
        requests: { cpu: "250m", memory: "128Mi" },
        limits: { cpu: "1", memory: "1Gi" },
      },
    },
    env: [
      { name: "LOG_LEVEL", value: "info" },
      { name: "NUMBER", value: "1" },
      { name: "EMPTY" },
      { name: "DESK_USER", ...from("desk-account", "user") },
      { name: "DESK_PASSWORD", ...from("desk-account", "password") },
      { name: "MAIL_USER", ...from("tickets.mail", "user") },
      { name: "MAIL_PASSWORD", ...from("tickets.mail", "password") },
      { name: "DESK_KEY", ...from(desk, "key") },
      { name: "DESK_MAIL_KEY", ...from(desk, "mail-key") },
    ],
    mounts: {
      "/etc/desk/settings": { readOnly: true, volume: { configMap: "desk-settings" } },
      "/etc/desk/ca.crt": {
        readOnly: true,
        subPath: "ca.crt",
        volume: { configMap: "desk-settings" },
      },
      "/etc/desk/password": {
        readOnly: true,
        subPath: "password",
        volume: { secret: "desk-account" },
      },
      "/etc/desk/keys": { readOnly: true, volume: { secret: desk } },
      "/etc/mail": { readOnly: true, volume: { secret: "tickets.mail" } },
      "/data": { volume: { claim: "desk-data" } },
      "/archive": { readOnly: true, volume: { claim: "desk-data", readOnly: true } },
      "/cache": { volume: { emptyDir: { medium: "Memory", sizeLimit: "32Mi" } } },
      "/spool": { volume: { emptyDir: {} } },
      "/tmp": { volume: { emptyDir: {} } },
      "/var/cache/desk": { volume: { emptyDir: {} } },
    },
  };
}

/** Sizes of its proxy, which are its own. */
export const ticketsProxyResources = {
  requests: { cpu: "20m", memory: "96Mi" },
  limits: { cpu: "250m", memory: "192Mi" },
};

/** Where both of its pods may run. */
export const ticketsPlacement = {
  nodeName: "tools",
  nodeSelector: { pool: "tools" },
  tolerations: [
    { key: "pool", operator: "Equal", value: "tools", effect: "NoSchedule" },
    { key: "example.com/spot", operator: "Exists" },
    { key: "example.com/old", operator: "Exists", effect: "NoExecute" },
    { key: "example.com/busy", operator: "Equal", value: "yes", effect: "PreferNoSchedule" },
  ],
};

/** More labels and annotations of both. */
export const ticketsMetadata = {
  labels: { "example.com/cost-center": "4711", stage: "beta" },
  annotations: { "example.com/runbook": "https://wiki.example.com/tickets" },
};

/** What both may do to their node: nothing. */
export const confined = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};
