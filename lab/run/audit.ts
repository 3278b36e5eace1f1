import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { LabSettings } from "../settings";

// Who wrote what, with the annotations of admission; nothing of what was written.
const policy = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  rules: [{ level: "Metadata", verbs: ["create", "update", "patch", "delete"] }, { level: "None" }],
};

/** The API server's arguments for an audit log in `log/audit.log`; none where the lab keeps none. */
export function auditArguments({ folder, audit }: LabSettings): readonly string[] {
  if (!audit) return [];
  const file = join(folder, "audit-policy.yaml");
  writeFileSync(file, stringify(policy));
  return [`--audit-policy-file=${file}`, `--audit-log-path=${join(folder, "log", "audit.log")}`];
}
