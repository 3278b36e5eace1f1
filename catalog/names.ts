/**
 * Longest name of a Server entry: ToolHive makes the Service `mcp-<name>-headless` of it, and a
 * Service's name is a DNS label of at most 63 characters.
 */
export const maxServerName = 50;

/** Longest name of a Remote entry: ToolHive makes the Service `mcp-<name>-remote-proxy` of it. */
export const maxRemoteName = 46;

/**
 * Names that no entry may have: they equal the `app` label of ToolHive's own proxy pods, and the
 * Service of a backend selects its pods by that label alone.
 */
export const reservedNames: readonly string[] = ["mcpserver", "mcpremoteproxy", "virtualmcpserver"];

/** A name of an entry. */
export interface Named {
  /** Kind of the entry. */
  readonly kind: "Server" | "Remote";
  /** Its name, or one of its aliases. */
  readonly name: string;
  /** Whether it is an alias, which is a Service and no more. */
  readonly alias?: boolean;
}

/** Name of the Service in front of the proxy of an entry, as ToolHive makes it. */
export function proxyServiceName({ kind, name }: Named): string {
  return kind === "Server" ? `mcp-${name}-proxy` : `mcp-${name}-remote-proxy`;
}

/**
 * Objects in the tier's namespace that ToolHive names after an entry, as `<kind> <name>`: two entries of
 * different names can come to the same (`a-proxy` and `a`).
 * Source: ToolHive v0.48 cmd/thv-operator/controllers, pkg/container/kubernetes/client.go.
 */
export function objectNames(named: Named): readonly string[] {
  const { kind, name, alias = false } = named;
  const service = `Service ${proxyServiceName(named)}`;
  if (alias) return [service];
  return kind === "Server"
    ? [
        service,
        `Service mcp-${name}`,
        `Service mcp-${name}-headless`,
        `ServiceAccount ${name}-proxy-runner`,
      ]
    : [service, `ServiceAccount ${name}-remote-proxy-runner`];
}
