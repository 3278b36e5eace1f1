import type { V1Secret } from "@kubernetes/client-node";
import { labStack } from "./pulumi";
import type { Pulumi } from "./pulumi";
import type { Api } from "./run/api";

interface PendingOperation {
  readonly type: string;
  readonly resource: {
    readonly type: string;
    readonly inputs?: { readonly name?: string; readonly namespace?: string };
  };
}

const release = "kubernetes:helm.sh/v3:Release";

/**
 * Makes a stack usable again after its engine was killed. What was being created may or may not be there:
 * the objects are taken up by the next run, but Helm keeps a record of a Release that it had begun, and
 * refuses to begin it again until that record is gone.
 */
export async function repairStack(pulumi: Pulumi, api: Api, log: string): Promise<void> {
  const state = JSON.parse(await pulumi.must(["stack", "export", "--stack", labStack], log)) as {
    readonly deployment: { readonly pending_operations?: readonly PendingOperation[] };
  };
  const pending = state.deployment.pending_operations ?? [];
  if (pending.length === 0) return;
  for (const { type, resource } of pending.filter((p) => p.resource.type === release)) {
    const { name = "", namespace = "" } = resource.inputs ?? {};
    const secrets = await api.list<V1Secret>("v1", "Secret", namespace);
    for (const { metadata } of secrets) {
      const { owner, name: of, status = "" } = metadata?.labels ?? {};
      const begun = type === "creating" || status.startsWith("pending");
      if (owner === "helm" && of === name && begun && metadata?.name !== undefined)
        await api.delete({
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name: metadata.name, namespace },
        });
    }
  }
  await pulumi.must(["refresh", "--yes", "--clear-pending-creates", "--stack", labStack], log);
}
