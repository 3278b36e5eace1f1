import { one, remote, remotePlus } from "./broken";
import type { Broken } from "./broken";

/** Remotes. */
export const brokenRemote: Broken = [
  [
    "the address http://mcp.linear.app/mcp",
    one(remote.replace("https://mcp.linear.app/mcp", "http://mcp.linear.app/mcp")),
    ['c/e.yaml:9:6: url: "http://mcp.linear.app/mcp" is not encrypted; write https'],
  ],
  [
    "the address https://user:pw@mcp.linear.app/",
    one(remote.replace("https://mcp.linear.app/mcp", "https://user:pw@mcp.linear.app/")),
    [
      'c/e.yaml:9:6: url: "https://user:pw@mcp.linear.app/" holds a user or password; write them as a header from a Secret',
    ],
  ],
  [
    "the address https://mcp.linear.app/mcp?token=x",
    one(remote.replace("https://mcp.linear.app/mcp", "https://mcp.linear.app/mcp?token=x")),
    [
      'c/e.yaml:9:6: url: "https://mcp.linear.app/mcp?token=x" has a query, which ends in logs and may hold a token; write what it says as a header',
    ],
  ],
  [
    "the address https://10.0.0.1/mcp",
    one(remote.replace("https://mcp.linear.app/mcp", "https://10.0.0.1/mcp")),
    [
      'c/e.yaml:9:6: url: "https://10.0.0.1/mcp" has a host that is an address; write a public one like mcp.linear.app',
    ],
  ],
  [
    "the address https://[::1]/mcp",
    one(remote.replace("https://mcp.linear.app/mcp", "https://[::1]/mcp")),
    [
      'c/e.yaml:9:6: url: "https://[::1]/mcp" has a host that is an address; write a public one like mcp.linear.app',
    ],
  ],
  [
    "the address https://localhost/mcp",
    one(remote.replace("https://mcp.linear.app/mcp", "https://localhost/mcp")),
    [
      'c/e.yaml:9:6: url: "https://localhost/mcp" has a host that is not a public name; write a public one like mcp.linear.app',
    ],
  ],
  [
    "the address https://api.default.svc.cluster.local/mcp",
    one(remote.replace("https://mcp.linear.app/mcp", "https://api.default.svc.cluster.local/mcp")),
    [
      'c/e.yaml:9:6: url: "https://api.default.svc.cluster.local/mcp" has a host that is not a public name; write a public one like mcp.linear.app',
    ],
  ],
  [
    "the address mcp.linear.app/mcp",
    one(remote.replace("https://mcp.linear.app/mcp", "mcp.linear.app/mcp")),
    [
      'c/e.yaml:9:6: url: "mcp.linear.app/mcp" is no URL; write one like https://mcp.linear.app/mcp',
    ],
  ],
  [
    "the address https://mcp.linear.app/#x",
    one(remote.replace("https://mcp.linear.app/mcp", "https://mcp.linear.app/#x")),
    [
      'c/e.yaml:9:6: url: "https://mcp.linear.app/#x" has a fragment, which is never sent; remove it',
    ],
  ],
  [
    "fields of a server",
    remotePlus("image: x\nresources: {}\nport: 1\negress: none"),
    [
      'c/e.yaml:11:1: image: unknown key "image"; remove it, or write one that mcp-fleet schema lists',
      'c/e.yaml:12:1: resources: unknown key "resources"; remove it, or write one that mcp-fleet schema lists',
      'c/e.yaml:13:1: port: unknown key "port"; remove it, or write one that mcp-fleet schema lists',
      'c/e.yaml:14:1: egress: unknown key "egress"; remove it, or write one that mcp-fleet schema lists',
    ],
  ],
  [
    "transport stdio",
    one(remote.replace("streamable-http", "stdio")),
    ['c/e.yaml:10:12: transport: "stdio" is not known; write one of streamable-http, sse'],
  ],
  [
    "headers",
    remotePlus(
      'headers: { Authorization: Bearer abcdef123456, "X y": z, X: { secret: s, key: k }, Y: { secret: t, key: l } }\nsecrets: [{ name: t, source: pulumi, keys: { k: a } }]',
    ),
    [
      "c/e.yaml:11:27: headers.Authorization: is named like a secret and holds a plain value; write it under secrets, by reference",
      'c/e.yaml:11:48: headers["X y"]: "X y" is not the name of a header',
      'c/e.yaml:11:71: headers.X.secret: "s" is not among the entry\'s secrets; write one of t, or add it',
      'c/e.yaml:11:105: headers.Y.key: "l" is not among the keys of "t"; write one of k',
    ],
  ],
  [
    "variables, which a remote has not",
    remotePlus("secrets: [{ name: t, env: { A: b } }]"),
    [
      'c/e.yaml:11:22: secrets[0].env: unknown key "env"; remove it, or write one of name, source, keys',
    ],
  ],
  [
    "a name too long for its Service",
    one(remote.replace("linear", "a".repeat(47))),
    [
      'c/e.yaml:2:7: name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" does not fit; write a DNS label of at most 46 characters: lower-case letters, digits and hyphens, a letter first, for example "osv"',
    ],
  ],
  [
    "ranges that are none, or the node's",
    remotePlus('addresses: [mcp.linear.app, 169.254.0.0/16, 0.0.0.0/0, "10.0.0.1/8"]'),
    [
      'c/e.yaml:11:13: addresses[0]: "mcp.linear.app" is not a range; write address/prefix, like 10.20.0.0/16 or 2001:db8::/48',
      'c/e.yaml:11:29: addresses[1]: "169.254.0.0/16" reaches 169.254.0.0/16, where the node or its metadata service answers; write a narrower range',
      'c/e.yaml:11:45: addresses[2]: "0.0.0.0/0" is every address; write egress: internet',
      'c/e.yaml:11:56: addresses[3]: "10.0.0.1/8" is not in its shortest form; write "10.0.0.0/8"',
    ],
  ],
];
