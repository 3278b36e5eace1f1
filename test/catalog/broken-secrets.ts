import { plus } from "./broken";
import type { Broken } from "./broken";

/** Secrets, plain values that should be ones, and what is mounted. */
export const brokenSecrets: Broken = [
  [
    "a plain value under a secret's name",
    plus("env: { API_TOKEN: hunter2, TOKEN_LIMIT: '5', KEY_FILE: /etc/key }"),
    [
      "c/e.yaml:15:19: env.API_TOKEN: is named like a secret and holds a plain value; write it under secrets, by reference",
    ],
  ],
  [
    "a plain value that is a token",
    plus("env: { X: ghp_012345678901234567890123456789abcdef }"),
    [
      "c/e.yaml:15:11: env.X: holds what looks like a secret (GITHUB_TOKEN); write it under secrets, by reference",
    ],
  ],
  [
    "secrets among arguments",
    plus('args: ["--api-key", s3cr3t, "--password=x", "--token", $(TOKEN), --port, "80"]'),
    [
      "c/e.yaml:15:21: args[1]: is given to --api-key, which is named like a secret; write it under secrets, by reference, and say $(NAME) here",
      "c/e.yaml:15:29: args[2]: is given to --password, which is named like a secret; write it under secrets, by reference, and say $(NAME) here",
    ],
  ],
  [
    "a connection string",
    plus('args: ["postgres://user:hunter2x@db.example.com/x"]'),
    [
      "c/e.yaml:15:8: args[0]: holds what looks like a secret (PostgreSQLConnection); write it under secrets, by reference",
    ],
  ],
  [
    "a token beside a wrong value",
    plus("env: { A: 1, B: ghp_012345678901234567890123456789abcdef }"),
    [
      "c/e.yaml:15:11: env.A: 1 does not fit; write text, in quotes where it is a number",
      "c/e.yaml:15:17: env.B: holds what looks like a secret (GITHUB_TOKEN); write it under secrets, by reference",
    ],
  ],
  [
    "a variable set twice",
    plus("env: { A: b }\nsecrets: [{ name: s, env: { A: k } }, { name: s, env: { A: l } }]"),
    [
      "c/e.yaml:16:32: secrets[0].env.A: is set by env too; keep one of them",
      'c/e.yaml:16:47: secrets[1].name: "s" stands twice; write all its keys in one place',
      'c/e.yaml:16:60: secrets[1].env.A: is set by the Secret "s" too; keep one of them',
    ],
  ],
  [
    "sources that do not fit, all at once",
    plus(
      "secrets: [{ name: s, source: vault }, { name: T }, { name: u, source: external }, { name: v, source: pulumi, keys: { k: { remote: x } } }, { name: w, source: external, keys: { k: x }, env: { A: l } }, { name: x, keys: { k: x } }]",
    ),
    [
      'c/e.yaml:15:30: secrets[0].source: "vault" is not known; write one of existing, external, pulumi',
      'c/e.yaml:15:47: secrets[1].name: "T" does not fit; write a name of lower-case letters, digits, - and ., for example "github"',
      "c/e.yaml:15:52: secrets[2].keys: is missing for source external; write { token: { remote: mcp/grafana } }",
      'c/e.yaml:15:121: secrets[3].keys.k: {"remote":"x"} is a place in an external store; write a name under mcp-fleet:secrets, or source: external',
      'c/e.yaml:15:180: secrets[4].keys.k: "x" is no place in an external store; write { remote: … }, or source: pulumi',
      'c/e.yaml:15:195: secrets[4].env.A: "l" is not among the keys of "w"; write one of k',
      'c/e.yaml:15:219: secrets[5].keys: have no meaning for "x", which is there with its own; remove them',
    ],
  ],
  [
    "a Secret without keys",
    plus("secrets: [{ name: s, source: external, keys: {} }]"),
    ["c/e.yaml:15:46: secrets[0].keys: {} makes a Secret without keys; write at least one"],
  ],
  [
    "a value where a reference belongs",
    plus("secrets: { TOKEN: ghp }"),
    [
      'c/e.yaml:15:10: secrets: {"TOKEN":"ghp"} does not fit; write a list of Secrets, for example [{"name":"github","env":{"GITHUB_PERSONAL_ACCESS_TOKEN":"token"}}]',
    ],
  ],
  [
    "volumes that do not fit, all at once",
    plus(
      "volumes: [{ path: /data, hostPath: /etc }, { path: /proc/x, claim: a }, { path: /a, claim: a, secret: b }, { path: /b, secret: nope }, { path: /c, claim: d }, { path: /c, configMap: d }]\nwritable: [/c, tmp]",
    ),
    [
      'c/e.yaml:15:11: volumes[0]: {"path":"/data","hostPath":"/etc"} names hostPath, which is never given: it is the node\'s own disk; write claim, configMap, secret or emptyDir',
      'c/e.yaml:15:52: volumes[1].path: "/proc/x" belongs to the system; write another folder',
      'c/e.yaml:15:73: volumes[2]: {"path":"/a","claim":"a","secret":"b"} does not fit; write path and exactly one of claim, configMap, secret or emptyDir, for example { path: /data, claim: data }',
      'c/e.yaml:15:128: volumes[3].secret: "nope" is not among the entry\'s secrets; add it there',
      'c/e.yaml:15:168: volumes[5].path: "/c" is the place of something else too; write another',
      'c/e.yaml:16:12: writable[0]: "/c" is the place of something else too; write another',
      'c/e.yaml:16:16: writable[1]: "tmp" does not fit; write an absolute path without . and .. parts, for example "/tmp"',
    ],
  ],
  [
    "a key that the Secret has not",
    plus(
      "secrets: [{ name: s, source: pulumi, keys: { k: a } }]\nvolumes: [{ path: /k, secret: s, key: l }]",
    ),
    ['c/e.yaml:16:39: volumes[0].key: "l" is not among the keys of "s"; write one of k'],
  ],
];
