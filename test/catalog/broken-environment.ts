import { one, plus, edited, remote } from "./broken";
import type { Files } from "./broken";
import { rightEntry } from "./catalogue-folder";

/** What is wrong, the settings, the files, and every message that is expected, in order. */
export type BrokenEnvironment = readonly (readonly [string, object, Files, readonly string[]])[];

/** Settings that are wrong, and entries that an environment cannot make as written. */
export const brokenEnvironment: BrokenEnvironment = [
  [
    "a quota that is too small",
    {
      tiers: {
        internal: {
          quota: { requests: { cpu: "50m", memory: "100Mi" }, limits: { cpu: "1" }, pods: 1 },
        },
      },
    },
    one(rightEntry),
    [
      "stacks/Pulumi.dev.yaml: mcp-fleet:tiers.internal.quota.requests.cpu: 50m is less than the 70m that the tier's entries need, proxies and one more for rollouts counted; write at least 70m, or take entries out",
      "stacks/Pulumi.dev.yaml: mcp-fleet:tiers.internal.quota.requests.memory: 100Mi is less than the 192Mi that the tier's entries need, proxies and one more for rollouts counted; write at least 192Mi, or take entries out",
      "stacks/Pulumi.dev.yaml: mcp-fleet:tiers.internal.quota.limits.cpu: 1 is less than the 1100m that the tier's entries need, proxies and one more for rollouts counted; write at least 1100m, or take entries out",
      "stacks/Pulumi.dev.yaml: mcp-fleet:tiers.internal.quota.pods: 1 is less than the 3 that the tier's entries need, proxies and one more for rollouts counted; write at least 3, or take entries out",
    ],
  ],
  [
    "a quota that is too small for the most replicas",
    { tiers: { internal: { quota: { pods: 11 } } } },
    plus("autoscaling: { server: { max: 9 }, proxy: { max: 2 } }\nsessionStorage: redis"),
    [
      'c/e.yaml:16:17: sessionStorage: "redis" cannot be had here: the environment names none; write mcp-fleet:redis',
      "stacks/Pulumi.dev.yaml: mcp-fleet:tiers.internal.quota.pods: 11 is less than the 12 that the tier's entries need, proxies and one more for rollouts counted; write at least 12, or take entries out",
    ],
  ],
  [
    "what a tier demands, all at once",
    {
      tiers: {
        restricted: {
          image: { registries: ["docker.io/mcp"] },
          auth: true,
          transports: ["stdio"],
          containers: { max: { cpu: "50m" }, limits: { cpu: "50m" } },
        },
      },
    },
    edited("sensitivity: internal", "sensitivity: restricted"),
    [
      "c/e.yaml:1:1: auth: is missing, and tier restricted demands it; write { audience: … }",
      'c/e.yaml:1:1: proxy.resources.limits.cpu: "500m" is more than a container of tier restricted may have, "50m"; lower it, or raise mcp-fleet:tiers.restricted.containers.max.cpu',
      'c/e.yaml:9:8: image: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2" names no digest, and tier restricted demands one: a tag can be moved; write …@sha256:…',
      'c/e.yaml:9:8: image: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2" is not from where tier restricted takes images; write one of docker.io/mcp',
      'c/e.yaml:10:12: transport: "streamable-http" is not allowed in tier restricted; write one of stdio',
      'c/e.yaml:14:18: resources.limits.cpu: "100m" is more than a container of tier restricted may have, "50m"; lower it, or raise mcp-fleet:tiers.restricted.containers.max.cpu',
    ],
  ],
  [
    "a registry whose name begins like an allowed one",
    {
      tiers: {
        internal: { image: { registries: ["ghcr.io/stackloklab", "ghcr.io/stackloklabs/osv"] } },
      },
    },
    one(rightEntry),
    [
      'c/e.yaml:9:8: image: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2" is not from where tier internal takes images; write one of ghcr.io/stackloklab, ghcr.io/stackloklabs/osv',
    ],
  ],
  [
    "clients that a tier does not allow",
    { tiers: { internal: { clients: [{ namespace: "litellm", pods: { app: "litellm" } }] } } },
    plus("clients: [{ namespace: litellm }, { namespace: litellm, pods: { app: litellm, x: y } }]"),
    [
      'c/e.yaml:15:11: clients[0]: {"namespace":"litellm"} is not among the clients of tier internal; write one of {"namespace":"litellm","pods":{"app":"litellm"}}',
    ],
  ],
  [
    "what the environment does not have",
    {},
    plus(
      "auth: { audience: x }\nsessionStorage: redis\nsecrets: [{ name: a, source: external, keys: { k: { remote: r } } }, { name: b, source: pulumi, keys: { k: v } }]",
    ),
    [
      "c/e.yaml:15:7: auth: needs an issuer, and the environment names none; write mcp-fleet:oidc",
      'c/e.yaml:16:17: sessionStorage: "redis" cannot be had here: the environment names none; write mcp-fleet:redis',
      'c/e.yaml:17:30: secrets[0].source: "external" cannot be had here: the environment names no store; write mcp-fleet:secretStore',
      "c/e.yaml:17:108: secrets[1].keys.k: \"v\" is not in the stack's configuration; run pulumi config set --secret --path 'mcp-fleet:secrets.v'",
    ],
  ],
  [
    "entries that there are not",
    { entries: { only: ["ovs"], except: ["x"] } },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:entries.only[0]: "ovs" is no entry of the catalogue; write the name of one, or remove it',
      'stacks/Pulumi.dev.yaml: mcp-fleet:entries.except[0]: "x" is no entry of the catalogue; write the name of one, or remove it',
    ],
  ],
  [
    "a remote's host where no host can be had",
    {},
    one(remote.replace("sensitivity: public", "sensitivity: restricted")),
    [
      'c/e.yaml:9:6: url: "mcp.linear.app" cannot be had here: network engine kubernetes knows no host names, and tier restricted does not allow open egress; take an engine that does, or write addresses',
    ],
  ],
  [
    "a remote's host where it is opened wide",
    {},
    one(remote),
    [
      'c/e.yaml:9:6: note: url: "mcp.linear.app" is opened as every public address on port 443, because network engine kubernetes knows no host names; take an engine that does, or write addresses',
    ],
  ],
  [
    "open egress by default where it is not allowed",
    { tiers: { restricted: { egress: "internet" } } },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:tiers.restricted.egress: "internet" cannot be the default where openEgress is false; write none, or openEgress: true',
    ],
  ],
  [
    "the tier's default egress where an entry says nothing",
    { tiers: { internal: { egress: "internet", openEgress: false } } },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:tiers.internal.egress: "internet" cannot be the default where openEgress is false; write none, or openEgress: true',
    ],
  ],
  [
    "an issuer that is not encrypted",
    { oidc: { issuer: "http://idp.example.com" } },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:oidc.issuer: "http://idp.example.com" does not fit; write an https URL, for example "https://idp.example.com/realms/corp"',
    ],
  ],
  [
    "an issuer's host where no host can be had",
    {
      oidc: { issuer: "https://idp.example.com", egress: [{ host: "idp.example.com", port: 443 }] },
    },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:oidc.egress[0].host: "idp.example.com" cannot be had here: network engine kubernetes knows no host names; write cidr, namespace or internet',
    ],
  ],
  [
    "NodeLocal DNSCache by address with Cilium",
    { network: { engine: "cilium", dns: { addresses: ["169.254.20.10/32"] } } },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:network.dns.addresses[0]: "169.254.20.10/32" cannot be had with engine cilium, for which it is the node and no address; let a CiliumLocalRedirectPolicy send queries to NodeLocal DNSCache, and name its pods by network.dns.pods',
    ],
  ],
  [
    "an unknown engine",
    { network: { engine: "calico" } },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:network.engine: "calico" is not known; write one of kubernetes, cilium, cluster-network-policy',
    ],
  ],
  [
    "a value that is not encrypted",
    { secrets: { a: "plain" } },
    one(rightEntry),
    [
      "stacks/Pulumi.dev.yaml: mcp-fleet:secrets.a: is not encrypted; set it by pulumi config set --secret --path",
    ],
  ],
  [
    "Pod Security, quota and limits that do not fit",
    {
      tiers: {
        public: { podSecurity: "strict" },
        internal: { podSecurity: { enforce: "baseline", version: "1.36" } },
        restricted: { quota: { pods: 0 } },
      },
    },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:tiers.public.podSecurity: "strict" does not fit; write one of privileged, baseline, restricted, or a map like { enforce: baseline, warn: restricted, version: v1.36 }',
      'stacks/Pulumi.dev.yaml: mcp-fleet:tiers.internal.podSecurity.version: "1.36" does not fit; write latest, or a version like v1.36, for example "v1.36"',
      "stacks/Pulumi.dev.yaml: mcp-fleet:tiers.restricted.quota.pods: 0 does not fit; write a whole number from 1, for example 100",
    ],
  ],
  [
    "limits of containers above what one may have",
    { tiers: { restricted: { containers: { limits: { cpu: "8" }, requests: { cpu: "9" } } } } },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:tiers.restricted.containers.limits.cpu: "8" is more than containers.max.cpu, "4"; lower it or raise the other',
      'stacks/Pulumi.dev.yaml: mcp-fleet:tiers.restricted.containers.requests.cpu: "9" is more than containers.limits.cpu, "8"; lower it or raise the other',
    ],
  ],
  [
    "ranges that are nearly the internet in a closed tier",
    { tiers: { internal: { openEgress: false } } },
    plus(
      'egress: [{ cidr: 32.0.0.0/3, port: 443 }, { cidr: "2a00::/12", port: 443 }, { cidr: 10.0.0.0/8, port: 443 }, { cidr: 1.2.0.0/16, port: 443 }]',
    ),
    [
      'c/e.yaml:15:18: egress[0].cidr: "32.0.0.0/3" cannot be had here: tier internal does not allow open egress, and public addresses wider than /16 come to that; write narrower ranges',
      'c/e.yaml:15:51: egress[1].cidr: "2a00::/12" cannot be had here: tier internal does not allow open egress, and public addresses wider than /32 come to that; write narrower ranges',
    ],
  ],
  [
    "ranges that are everything",
    {
      network: {
        apiServer: [{ cidr: "0.0.0.0/0", port: 6443 }],
        dns: { addresses: ["::/0"] },
        exclude: ["::/0"],
      },
    },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:network.apiServer[0].cidr: "0.0.0.0/0" is every address; write those that are meant',
      'stacks/Pulumi.dev.yaml: mcp-fleet:network.dns.addresses[0]: "::/0" is every address; write those that are meant',
      'stacks/Pulumi.dev.yaml: mcp-fleet:network.exclude[0]: "::/0" leaves nothing of the internet; write narrower ranges, or openEgress: false for the tiers',
    ],
  ],
  [
    "an account like those of ToolHive's proxies, a profile outside its folder",
    {
      platform: { namespace: "default" },
      tiers: {
        public: {
          namespace: "kube-system",
          serviceAccount: "a-proxy-runner",
          seccomp: "localhost/../x",
        },
      },
    },
    one(rightEntry),
    [
      "stacks/Pulumi.dev.yaml: mcp-fleet:tiers.public.serviceAccount: \"a-proxy-runner\" ends like ToolHive's names of its proxies' accounts, which have rights; write another",
      'stacks/Pulumi.dev.yaml: mcp-fleet:tiers.public.seccomp: "localhost/../x" does not fit; write RuntimeDefault, or localhost/ and a profile\'s path, for example "RuntimeDefault"',
    ],
  ],
  [
    "namespaces that are Kubernetes' own",
    { platform: { namespace: "default" }, tiers: { public: { namespace: "kube-system" } } },
    one(rightEntry),
    [
      'stacks/Pulumi.dev.yaml: mcp-fleet:platform.namespace: "default" is Kubernetes\' own; write another name',
      'stacks/Pulumi.dev.yaml: mcp-fleet:tiers.public.namespace: "kube-system" is Kubernetes\' own; write another name',
    ],
  ],
];
