import { edited, one } from "./broken";
import type { Broken } from "./broken";
import { changed, rightEntry } from "./catalogue-folder";

export /** What every message about a name ends with. */
const nameAdvice =
  'write a DNS label of at most 50 characters: lower-case letters, digits and hyphens, a letter first, for example "osv"';
const imageAdvice =
  'write an image reference as registry/path:tag or registry/path@sha256:digest, for example "ghcr.io/stackloklabs/osv-mcp/server:0.1.2"';

/** Fields of what an entry is and runs. */
export const brokenFields: Broken = [
  [
    "unknown key near a known one",
    edited("transport:", "transprt:"),
    [
      "c/e.yaml:1:1: transport: is missing; write one of stdio, streamable-http, sse",
      'c/e.yaml:10:1: transprt: unknown key "transprt"; did you mean "transport"?',
    ],
  ],
  [
    "unknown key inside",
    edited('contact: "#sec"', 'contact: "#sec", pager: x'),
    ['c/e.yaml:5:52: owner.pager: unknown key "pager"; remove it, or write one of team, contact'],
  ],
  [
    "wrong types, all at once",
    one(
      rightEntry
        .replace("port: 8080", 'port: "8080"')
        .replace("title: OSV vulnerability lookup", "title: 12")
        .replace("cpu: 50m", "cpu: 1"),
    ),
    [
      'c/e.yaml:3:8: title: 12 does not fit; write one line of at most 80 characters, for example "OSV vulnerability lookup"',
      'c/e.yaml:11:7: port: "8080" does not fit; write a whole number from 1 to 65535, outside 30000-32767, for example 8080',
      'c/e.yaml:13:20: resources.requests.cpu: 1 does not fit; write cores as a quoted number, or thousandths of one with m, at least 1m, for example "100m"',
    ],
  ],
  [
    "missing field",
    edited("costClass: low\n", ""),
    ["c/e.yaml:1:1: costClass: is missing; write one of free, low, medium, high"],
  ],
  [
    "misspelt word",
    edited("sensitivity: internal", "sensitivity: intrenal"),
    [
      'c/e.yaml:8:14: sensitivity: "intrenal" is not known, did you mean "internal"? write one of public, internal, confidential, restricted',
    ],
  ],
  ...["OSV", "0sv", "osv_1", "osv.dev", "-osv", "osv-", "a".repeat(51), "ösv", "osv\\u202e"].map(
    (name) =>
      [
        `bad name ${name}`,
        edited("name: osv", `name: "${name}"`),
        [`c/e.yaml:2:7: name: "${name}" does not fit; ${nameAdvice}`],
      ] as const,
  ),
  [
    "reserved name",
    edited("name: osv", "name: mcpserver"),
    [
      'c/e.yaml:2:7: name: "mcpserver" is reserved, because ToolHive labels its own pods with it; write another name',
    ],
  ],
  [
    "duplicate name",
    { "c/a.yaml": rightEntry, "c/sub/b.yml": rightEntry },
    ['c/sub/b.yml:2:7: name: "osv" is taken by c/a.yaml:2; write another name'],
  ],
  [
    "duplicate name of an entry that is wrong otherwise",
    { "c/a.yaml": rightEntry, "c/b.yaml": changed("port: 8080", "port: 0") },
    [
      'c/b.yaml:2:7: name: "osv" is taken by c/a.yaml:2; write another name',
      "c/b.yaml:11:7: port: 0 does not fit; write a whole number from 1 to 65535, outside 30000-32767, for example 8080",
    ],
  ],
  [
    "port in the NodePort range",
    edited("port: 8080", "port: 30000"),
    [
      "c/e.yaml:11:7: port: 30000 lies in the NodePort range, which ToolHive would open on every node; write a port outside 30000-32767, for example 8080",
    ],
  ],
  [
    "HTTP without a port, beside another error",
    edited("port: 8080", "env: { MCP_PORT: '1' }"),
    [
      "c/e.yaml:1:1: port: is missing; write the port that the server listens on, for example 8080",
      'c/e.yaml:11:8: env.MCP_PORT: "MCP_PORT" is set by ToolHive, which would overwrite it; remove it, and say it by args if the server lets you',
    ],
  ],
  [
    "stdio with a port",
    edited("transport: streamable-http", "transport: stdio"),
    [
      "c/e.yaml:11:7: port: 8080 has no meaning with transport stdio, which listens on no port; remove it",
    ],
  ],
  ...["", "Ghcr.io/Osv", "a b", "ghcr.io/x@sha256:12", "ghcr.io/x:", "https://ghcr.io/x"].map(
    (image) =>
      [
        `bad image ${image}`,
        edited("image: ghcr.io/stackloklabs/osv-mcp/server:0.1.2", `image: "${image}"`),
        [`c/e.yaml:9:8: image: "${image}" does not fit; ${imageAdvice}`],
      ] as const,
  ),
  [
    "request above limit",
    edited("cpu: 50m", "cpu: 200m"),
    [
      'c/e.yaml:13:20: resources.requests.cpu: "200m" is more than limits.cpu, "100m"; lower the request or raise the limit',
    ],
  ],
  [
    "memory in thousandths of a byte",
    edited("memory: 64Mi", "memory: 64m"),
    [
      'c/e.yaml:13:33: resources.requests.memory: "64m" does not fit; write bytes with Ki, Mi or Gi (m would mean thousandths of a byte), for example "128Mi"',
    ],
  ],
];
