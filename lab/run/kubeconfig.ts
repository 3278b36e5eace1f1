import { readFileSync, writeFileSync } from "node:fs";
import { stringify } from "yaml";

/** How a kubeconfig proves who its bearer is. */
export type Credential = { readonly token: string } | { readonly tokenFile: string };

/** Writes a kubeconfig for one user of the lab's cluster, readable by its owner alone. */
export function writeKubeconfig(
  file: string,
  server: string,
  caFile: string,
  credential: Credential,
): void {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "mcp-fleet-lab",
    clusters: [
      {
        name: "mcp-fleet-lab",
        cluster: {
          server,
          "certificate-authority-data": readFileSync(caFile).toString("base64"),
        },
      },
    ],
    contexts: [{ name: "mcp-fleet-lab", context: { cluster: "mcp-fleet-lab", user: "lab" } }],
    users: [{ name: "lab", user: credential }],
  };
  writeFileSync(file, stringify(config), { mode: 0o600 });
}
