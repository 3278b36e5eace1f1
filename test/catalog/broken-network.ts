import { edited } from "./broken";
import type { Broken } from "./broken";

const destinationAdvice =
  "write exactly one of host, cidr or namespace, with a port, or apiServer: true, for example { host: api.osv.dev, port: 443 }";

/** Fields of what an entry may reach, who may reach it, and what it shows and writes. */
export const brokenNetwork: Broken = [
  [
    "egress of no kind",
    edited("port: 8080", "port: 8080\negress: everything"),
    [
      'c/e.yaml:12:9: egress: "everything" does not fit; write none, internet, or a list like [{ host: api.osv.dev, port: 443 }]',
    ],
  ],
  [
    "egress to two kinds at once",
    edited("port: 8080", "port: 8080\negress: [{ host: a.dev, cidr: 10.0.0.0/8, port: 1 }]"),
    [
      `c/e.yaml:12:10: egress[0]: {"host":"a.dev","cidr":"10.0.0.0/8","port":1} does not fit; ${destinationAdvice}`,
    ],
  ],
  [
    "egress with a misspelt port",
    edited("port: 8080", "port: 8080\negress: [{ host: a.dev, prot: 443 }]"),
    [
      "c/e.yaml:12:10: egress[0].port: is missing; write a whole number from 1 to 65535, for example 443",
      'c/e.yaml:12:25: egress[0].prot: unknown key "prot"; did you mean "port"?',
    ],
  ],
  ...(
    [
      ["host: https://a.dev", '"https://a.dev" is a URL; write the host alone'],
      ["host: 10.0.0.1", '"10.0.0.1" is an address; write cidr instead of host'],
      ["host: a.dev:443", '"a.dev:443" has a port; write it as port'],
      ["host: A.dev", '"A.dev" has capitals; write "a.dev"'],
      ["host: a.*.dev", '"a.*.dev" has a * that is not its first label; write *.example.com'],
      ["host: intranet", '"intranet" is not a full name; write one like api.osv.dev'],
      ["host: a..dev", '"a..dev" is not a DNS name; write one like api.osv.dev'],
      [
        "host: db.prod.svc.cluster.local",
        '"db.prod.svc.cluster.local" is not a public name; for a service of the cluster write namespace and pods',
      ],
      [
        "host: metadata.google.internal",
        '"metadata.google.internal" is not a public name; for a service of the cluster write namespace and pods',
      ],
    ] as const
  ).map(
    ([text, message]) =>
      [
        `egress ${text}`,
        edited("port: 8080", `port: 8080\negress: [{ ${text}, port: 443 }]`),
        [`c/e.yaml:12:18: egress[0].host: ${message}`],
      ] as const,
  ),
  ...(
    [
      ["10.0.0.1/8", '"10.0.0.1/8" is not in its shortest form; write "10.0.0.0/8"'],
      [
        "10.0.0.0",
        '"10.0.0.0" is not a range; write address/prefix, like 10.20.0.0/16 or 2001:db8::/48',
      ],
      ["0.0.0.0/0", '"0.0.0.0/0" is every address; write egress: internet'],
      ["::/0", '"::/0" is every address; write egress: internet'],
      [
        "169.254.169.254/32",
        '"169.254.169.254/32" reaches 169.254.0.0/16, where the node or its metadata service answers; write a narrower range',
      ],
      [
        "128.0.0.0/1",
        '"128.0.0.0/1" reaches 169.254.0.0/16, where the node or its metadata service answers; write a narrower range',
      ],
      [
        "fd00:ec2::/32",
        '"fd00:ec2::/32" reaches fd00:ec2::254/128, where the node or its metadata service answers; write a narrower range',
      ],
    ] as const
  ).map(
    ([cidr, message]) =>
      [
        `egress cidr ${cidr}`,
        edited("port: 8080", `port: 8080\negress: [{ cidr: "${cidr}", port: 443 }]`),
        [`c/e.yaml:12:18: egress[0].cidr: ${message}`],
      ] as const,
  ),
  [
    "clients without a namespace",
    edited("port: 8080", "port: 8080\nclients: [{ pods: {} }]"),
    [
      'c/e.yaml:12:11: clients[0].namespace: is missing; write a namespace\'s name, for example "litellm"',
      "c/e.yaml:12:19: clients[0].pods: {} selects every pod; write labels, or leave pods away to mean every pod",
    ],
  ],
  [
    "tools that stand twice",
    edited("port: 8080", "port: 8080\ntools: { publish: [a, b, a] }"),
    ['c/e.yaml:12:19: tools.publish: "a" stands twice; keep it once'],
  ],
  [
    "a tool with a space",
    edited("port: 8080", 'port: 8080\ntools: { publish: ["a b"] }'),
    [
      'c/e.yaml:12:20: tools.publish[0]: "a b" does not fit; write a tool\'s name: letters, digits, _ - . and /, at most 128, for example "query_vulnerability"',
    ],
  ],
  ...["tmp", "/", "/a/../etc", "/a//b", "/a/"].map(
    (path) =>
      [
        `writable ${path}`,
        edited("port: 8080", `port: 8080\nwritable: ["${path}"]`),
        [
          `c/e.yaml:12:12: writable[0]: "${path}" does not fit; write an absolute path without . and .. parts, for example "/tmp"`,
        ],
      ] as const,
  ),
  [
    "a number where text belongs",
    edited("port: 8080", "port: 8080\nenv: { LEVEL: 3 }\nargs: [8080]"),
    [
      "c/e.yaml:12:15: env.LEVEL: 3 does not fit; write text, in quotes where it is a number",
      "c/e.yaml:13:8: args[0]: 8080 does not fit; write text, in quotes where it is a number",
    ],
  ],
];
