/** Where an engine that verifies signatures is, where the environment installs it: its chart's name and its namespace. */
export const signatureEngines = {
  "policy-controller": { chart: "policy-controller", namespace: "cosign-system" },
  kyverno: { chart: "kyverno", namespace: "kyverno" },
} as const;
