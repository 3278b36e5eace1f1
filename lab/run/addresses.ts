/** Addresses of the lab's network; the same in every lab, because each has a network of its own. */
export const addresses = {
  /** The node, and the API server on it. */
  node: { v4: "10.97.0.1", v6: "fd00:97::1" },
  /** The router to the outside world. */
  world: { v4: "10.97.0.2", v6: "fd00:97::2" },
  /** Ranges of pods. */
  pods: { v4: "10.244.0.0/16", v6: "fd00:244::/56" },
  /** Ranges of Services. */
  services: { v4: "10.96.0.0/16", v6: "fd00:96::/112" },
  /** The Service of the API server. */
  kubernetes: "10.96.0.1",
  /** The Service of the DNS. */
  dns: "10.96.0.10",
} as const;
