/**
 * Variables of the engine that make large stacks fast: limits of the Kubernetes client (the provider's own are
 * 50 requests a second, 120 at once), 32 resources and several diffs at a
 * time, and a Go heap that grows to five times what is in use
 * before it is collected, not twice. None changes when state is written, so that a crash loses no more with
 * them than without.
 */
export const engineSettings: Readonly<Record<string, string>> = {
  PULUMI_K8S_CLIENT_QPS: "500",
  PULUMI_K8S_CLIENT_BURST: "1000",
  PULUMI_PARALLEL: "32",
  PULUMI_PARALLEL_DIFF: "true",
  GOGC: "400",
};
