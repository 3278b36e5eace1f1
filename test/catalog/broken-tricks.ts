import { plus, one, remote, remotePlus, edited } from "./broken";
import type { Broken } from "./broken";
import { rightEntry } from "./catalogue-folder";

/** What a hostile or careless file could try. */
export const brokenTricks: Broken = [
  [
    "an alias that holds itself",
    plus("env: &e { A: *e }"),
    [
      "c/e.yaml:15:14: env.A: a value that holds itself does not fit; write text, in quotes where it is a number",
    ],
  ],
  [
    "a key that JavaScript keeps for itself",
    plus("env: { __proto__: x }"),
    ['c/e.yaml:15:8: the key "__proto__" names nothing; remove it'],
  ],
  [
    "YAML 1.1, in which 012 is ten",
    one("%YAML 1.1\n---\n" + rightEntry),
    ["c/e.yaml: this is YAML 1.1; remove the %YAML line: entries are YAML 1.2"],
  ],
  [
    "a key of every object as a key of a Secret",
    plus("secrets: [{ name: s, source: pulumi, keys: { k: a }, env: { A: constructor } }]"),
    [
      'c/e.yaml:15:64: secrets[0].env.A: "constructor" is not among the keys of "s"; write one of k',
    ],
  ],
  [
    "a Secret that was made for another entry",
    plus("secrets: [{ name: osv.token }]"),
    [
      'c/e.yaml:15:19: secrets[0].name: "osv.token" has a dot, as have the names of Secrets that are made for entries; give the Secret a name without one',
    ],
  ],
  [
    "tokens where nobody looks",
    plus(
      "annotations: { note: ghp_012345678901234567890123456789abcdef }\nlabels: { k: AKIAIOSFODNN7EXAMPLE }",
    ),
    [
      "c/e.yaml:15:22: annotations.note: holds what looks like a secret (GITHUB_TOKEN); remove it",
      "c/e.yaml:16:14: labels.k: holds what looks like a secret (AWS_ACCESS_KEY_ID); remove it",
    ],
  ],
  [
    "annotations of network plugins and meshes",
    plus(
      "annotations: { k8s.v1.cni.cncf.io/networks: host, policy.cilium.io/no-track-port: x, sidecar.istio.io/inject: x }",
    ),
    [
      'c/e.yaml:15:16: annotations["k8s.v1.cni.cncf.io/networks"]: "k8s.v1.cni.cncf.io/networks" belongs to a network plugin, mesh or cloud, which would change what the pod may; remove it',
      'c/e.yaml:15:51: annotations["policy.cilium.io/no-track-port"]: "policy.cilium.io/no-track-port" belongs to a network plugin, mesh or cloud, which would change what the pod may; remove it',
      'c/e.yaml:15:86: annotations["sidecar.istio.io/inject"]: "sidecar.istio.io/inject" belongs to a network plugin, mesh or cloud, which would change what the pod may; remove it',
    ],
  ],
  [
    "metadata services behind other prefixes",
    plus(
      'egress: [{ cidr: "64:ff9b::a9fe:a9fe/128", port: 80 }, { cidr: 168.63.129.16/32, port: 80 }, { cidr: 100.100.0.0/16, port: 80 }]',
    ),
    [
      'c/e.yaml:15:18: egress[0].cidr: "64:ff9b::a9fe:a9fe/128" reaches 64:ff9b::a9fe:0/112, where the node or its metadata service answers; write a narrower range',
      'c/e.yaml:15:64: egress[1].cidr: "168.63.129.16/32" reaches 168.63.129.16/32, where the node or its metadata service answers; write a narrower range',
      'c/e.yaml:15:102: egress[2].cidr: "100.100.0.0/16" reaches 100.100.100.200/32, where the node or its metadata service answers; write a narrower range',
    ],
  ],
  [
    "addresses that two languages read differently",
    one(remote.replace("https://mcp.linear.app/mcp", "https://mcp.linear.app\\@evil.example/mcp")),
    [
      'c/e.yaml:9:6: url: "https://mcp.linear.app\\\\@evil.example/mcp" has characters or a port that no vendor\'s address has; write it in plain ASCII',
    ],
  ],
  [
    "every name below one, for a remote",
    one(remote.replace("https://mcp.linear.app/mcp", "https://*.linear.app/mcp")),
    [
      'c/e.yaml:9:6: url: "https://*.linear.app/mcp" has characters or a port that no vendor\'s address has; write it in plain ASCII',
    ],
  ],
  [
    "headers that are the proxy's own",
    remotePlus("headers: { Host: a, X-Forwarded-For: b }"),
    [
      'c/e.yaml:11:12: headers.Host: "Host" is the proxy\'s own to set; remove it',
      'c/e.yaml:11:21: headers.X-Forwarded-For: "X-Forwarded-For" is the proxy\'s own to set; remove it',
    ],
  ],
  [
    "a title that ends in a control character",
    edited("title: OSV vulnerability lookup", 'title: "OSV \\e"'),
    [
      'c/e.yaml:3:8: title: "OSV \\u001b" does not fit; write one line of at most 80 characters, for example "OSV vulnerability lookup"',
    ],
  ],
];
