/**
 * Variables of the engine that make large stacks fast: limits of the Kubernetes client (the provider's own are
 * 50 requests a second, 120 at once) and several diffs at a time. None changes when state is written, so that
 * a crash loses no more with them than without.
 */
export const engineSettings: Readonly<Record<string, string>> = {
  PULUMI_K8S_CLIENT_QPS: "500",
  PULUMI_K8S_CLIENT_BURST: "1000",
  PULUMI_PARALLEL_DIFF: "true",
};
