import { plus, stdioPlus } from "./broken";
import type { Broken } from "./broken";

/** How many pods, how often, which pods. */
export const brokenScaling: Broken = [
  [
    "replicas and autoscaler at once, bounds crossed",
    plus(
      "replicas: { server: 2 }\nautoscaling: { server: { min: 3, max: 2 }, proxy: { max: 200 } }",
    ),
    [
      "c/e.yaml:15:21: replicas.server: 2 is decided by autoscaling.server too; keep one of them",
      "c/e.yaml:16:24: note: autoscaling.server: up to 2 pods without sessionStorage: redis; a session ends when its next call meets another pod",
      "c/e.yaml:16:31: autoscaling.server.min: 3 is more than max, 2; lower it or raise max",
      "c/e.yaml:16:58: autoscaling.proxy.max: 200 does not fit; write a whole number from 1 to 100, for example 2",
    ],
  ],
  [
    "more than one of a stdio server",
    stdioPlus("replicas: { server: 2, proxy: 3 }\nautoscaling: { proxy: { max: 3 } }"),
    [
      "c/e.yaml:14:21: replicas.server: 2 cannot be had with transport stdio: one proxy speaks to one server over its terminal; write 1, or take streamable-http",
      "c/e.yaml:14:31: replicas.proxy: 3 is decided by autoscaling.proxy too; keep one of them",
      "c/e.yaml:14:31: replicas.proxy: 3 cannot be had with transport stdio: one proxy speaks to one server over its terminal; write 1, or take streamable-http",
      "c/e.yaml:15:30: autoscaling.proxy.max: 3 cannot be had with transport stdio: one proxy speaks to one server over its terminal; write 1, or take streamable-http",
    ],
  ],
  [
    "an unknown mode of the proxy",
    stdioPlus("proxy: { mode: stdio }"),
    ['c/e.yaml:14:16: proxy.mode: "stdio" is not known; write one of streamable-http, sse'],
  ],
  [
    "a mode for a proxy that has none",
    plus("proxy: { mode: sse }"),
    [
      'c/e.yaml:15:16: proxy.mode: "sse" has no meaning with transport streamable-http, which the proxy speaks as the server does; remove it',
    ],
  ],
  [
    "limits without Redis, auth and published tool",
    plus(
      "rateLimits: { perUser: { maxTokens: 1, refillPeriod: 1m }, tools: { x: { perUser: { maxTokens: 1, refillPeriod: 1m } } } }",
    ),
    [
      "c/e.yaml:15:13: rateLimits: need sessionStorage: redis, where calls are counted; write that",
      "c/e.yaml:15:24: rateLimits.perUser: needs auth, which tells users apart; write that, or shared",
      'c/e.yaml:15:72: rateLimits.tools.x: "x" is not published, so nobody can call it; publish it, or remove this',
      "c/e.yaml:15:83: rateLimits.tools.x.perUser: needs auth, which tells users apart; write that, or shared",
    ],
  ],
  [
    "limits that limit nothing",
    plus("rateLimits: {}\ntools: { publish: [x] }"),
    ["c/e.yaml:15:13: rateLimits: {} limits nothing; write shared, perUser or tools, or remove it"],
  ],
  [
    "a period without unit",
    plus("sessionStorage: redis\nrateLimits: { shared: { maxTokens: 1, refillPeriod: 60 } }"),
    [
      'c/e.yaml:16:53: rateLimits.shared.refillPeriod: 60 does not fit; write a duration like 30s, 1m or 1h, for example "1m"',
    ],
  ],
  [
    "labels by which pods are found",
    plus(
      'labels: { app: x, toolhive-name: y, "mcp-fleet.dev/owner": z, "a b": c, ok: "a b" }\nannotations: { x: 1 }',
    ),
    [
      'c/e.yaml:15:11: labels.app: "app" is reserved: pods are found by it; write a key of your own, like example.com/team',
      'c/e.yaml:15:19: labels.toolhive-name: "toolhive-name" is reserved: pods are found by it; write a key of your own, like example.com/team',
      'c/e.yaml:15:37: labels["mcp-fleet.dev/owner"]: "mcp-fleet.dev/owner" is reserved: pods are found by it; write a key of your own, like example.com/team',
      'c/e.yaml:15:63: labels["a b"]: "a b" is not a label\'s key',
      'c/e.yaml:15:77: labels.ok: "a b" is not a label\'s value; write at most 63 letters, digits, -, _ or .',
      "c/e.yaml:16:19: annotations.x: 1 is no text; quote it",
    ],
  ],
  [
    "placement and classes",
    plus(
      "placement: { nodeSelector: { pool: 1 }, tolerations: [{ operator: Exists }] }\npriorityClass: High\nimagePullSecrets: registry",
    ),
    [
      "c/e.yaml:15:36: placement.nodeSelector.pool: 1 is not a label's value; write at most 63 letters, digits, -, _ or .",
      'c/e.yaml:15:55: placement.tolerations[0].key: is missing; write the key of a taint, for example "pool"',
      'c/e.yaml:15:57: placement.tolerations[0].operator: unknown key "operator"; remove it, or write one of key, value, effect',
      'c/e.yaml:16:16: priorityClass: "High" does not fit; write the name of an object, for example "mcp-high"',
      'c/e.yaml:17:19: imagePullSecrets: "registry" does not fit; write a list of Secrets, for example ["registry"]',
    ],
  ],
];
