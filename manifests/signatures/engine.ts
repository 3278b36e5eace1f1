import type { Namespace } from "kubernetes-types/core/v1";
import { signatureEngines } from "../../catalog";
import { podSecurityLabels, takeBack } from "../labels";
import type { Manifest, Part } from "../manifest";
import type { SignatureSettings } from "./demand";

/** How an engine is installed. */
export interface EngineInstallation {
  /** Its namespace, which is its own. */
  readonly namespace: Part;
  /** Name of the release, as its own documentation has it. */
  readonly release: string;
  /** Values of its chart. */
  readonly values: Readonly<Record<string, unknown>>;
}

const engines = {
  "policy-controller": {
    release: "policy-controller",
    // Denying what no policy matches is the controller's default too; said here, it is put back.
    values: { webhook: { configData: { "no-match-policy": "deny" } } },
  },
  kyverno: { release: "kyverno", values: {} },
} as const;

/** How the environment's engine is installed; undefined where it is there already. */
export function engineInstallation({
  engine,
  install,
}: SignatureSettings): EngineInstallation | undefined {
  if (!install) return undefined;
  const { release, values } = engines[engine];
  const { namespace } = signatureEngines[engine];
  const manifest: Namespace & Manifest = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: namespace,
      labels: {
        "app.kubernetes.io/managed-by": "mcp-fleet",
        ...podSecurityLabels({
          enforce: "baseline",
          audit: "baseline",
          warn: "baseline",
          version: "latest",
        }),
      },
      annotations: { ...takeBack },
    },
  };
  return { namespace: { role: "signatures-namespace", manifest }, release, values };
}
