/**
 * What the text of an entry, its tier and its environment say that its pods may do, in the words of
 * {@link readPolicy}: the rules of the design, read without the code that renders them.
 */
import type { Settings, Tier } from "../../catalog";
import type { EntryText, RemoteText, ServerText } from "./arbitrary-entry";
import { podsText, portText } from "./network-reading";

/** What may be reached, as it is written. */
type Reached = NonNullable<ServerText["egress"]>;

/** What the pods of an entry may do, by the pod's id. */
export function declared(
  entry: EntryText,
  tier: Tier,
  settings: Settings,
): ReadonlyMap<string, readonly string[]> {
  const say = words(settings);
  const { oidc, redis } = settings;
  const shared = [
    ...(entry.clients ?? []).map(
      ({ namespace, pods }) => `ingress ${podsText(namespace, pods)} TCP/8080`,
    ),
    ...say.dns,
    ...(entry.auth && oidc ? say.reached(oidc.egress) : []),
    ...(entry.sessionStorage === "redis" && redis ? say.reached(redis.egress) : []),
  ];
  const proxy = `${entry.name} proxy`;
  if (entry.kind === "Remote")
    return new Map([[proxy, [...shared, ...say.reached(endpoint(entry))]]]);
  const backend = `${entry.name} backend`;
  const { port } = entry;
  const between = port === undefined ? undefined : portText(port, "TCP");
  return new Map([
    [
      proxy,
      [...shared, ...say.apiServer, ...(between ? [`egress own ${backend} ${between}`] : [])],
    ],
    [
      backend,
      [
        ...say.dns,
        ...(between ? [`ingress own ${proxy} ${between}`] : []),
        ...say.reached(entry.egress ?? tier.egress),
      ],
    ],
  ]);
}

function endpoint({ url, addresses }: RemoteText): Reached {
  const [, host = "", port = "443"] = /^https:\/\/([^/:]+)(?::(\d+))?(?:\/|$)/.exec(url) ?? [];
  const at = { port: Number(port) };
  return addresses ? addresses.map((cidr) => ({ cidr, ...at })) : [{ host, ...at }];
}

/** How an environment's engine says things. */
function words({ network: { engine, dns, apiServer = [] } }: Settings) {
  const servers = [
    podsText(dns.namespace, dns.pods),
    ...dns.addresses.map((one) => `range ${one}`),
  ];
  const api = apiServer.map(({ cidr, port }) => {
    // For Cilium it is no range of addresses, but itself.
    const who = engine === "cilium" ? "API server" : `range ${cidr}`;
    return `egress ${who} ${portText(port, "TCP")}`;
  });
  return {
    dns: servers.flatMap((who) => ["TCP", "UDP"].map((protocol) => `egress ${who} ${protocol}/53`)),
    apiServer: api,
    reached: (what: Reached): readonly string[] => {
      if (what === "none") return [];
      if (what === "internet") return ["egress internet any port"];
      return what.flatMap((one) => {
        if ("apiServer" in one) return api;
        const at = portText(one.port, one.protocol ?? "TCP");
        if ("cidr" in one) return [`egress range ${one.cidr} ${at}`];
        if ("namespace" in one) return [`egress ${podsText(one.namespace, one.pods)} ${at}`];
        // Plain NetworkPolicy knows no names; only a tier with open egress lets that stand.
        return [`egress ${engine === "kubernetes" ? "internet" : `host ${one.host}`} ${at}`];
      });
    },
  };
}
