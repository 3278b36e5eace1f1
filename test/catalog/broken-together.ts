import { plus, named, remote, edited } from "./broken";
import type { Broken } from "./broken";
import { rightEntry } from "./catalogue-folder";

/** Lifecycle, names and what entries are to each other. */
export const brokenTogether: Broken = [
  [
    "a day that is none, and aliases that say nothing",
    plus("lifecycle: { sunset: 2027-02-30, replacedBy: osv }\naliases: [osv, a, a]"),
    [
      'c/e.yaml:15:22: lifecycle.sunset: "2027-02-30" does not fit; write a date as YYYY-MM-DD, for example "2027-03-31"',
      'c/e.yaml:16:11: aliases[0]: "osv" is the entry\'s own name; remove it',
      'c/e.yaml:16:19: aliases[2]: "a" is there already; remove it',
    ],
  ],
  [
    "an end of an active entry",
    plus("lifecycle: { sunset: 2027-02-28, replacedBy: osv }"),
    [
      'c/e.yaml:15:22: lifecycle.sunset: "2027-02-28" has no meaning for an active entry; write state: deprecated, or remove it',
      'c/e.yaml:15:46: lifecycle.replacedBy: "osv" has no meaning for an active entry; write state: deprecated, or remove it',
      'c/e.yaml:15:46: lifecycle.replacedBy: "osv" is the entry itself; write the one that takes its place',
    ],
  ],
  [
    "a successor that is no entry",
    plus("lifecycle: { state: deprecated, replacedBy: osw }"),
    [
      'c/e.yaml:15:45: lifecycle.replacedBy: "osw" is no entry; write the name of one that is active',
    ],
  ],
  [
    "a successor that is retired",
    {
      ...plus("lifecycle: { state: deprecated, replacedBy: b }"),
      "c/f.yaml": named("b", "lifecycle: { state: retired }"),
    },
    [
      'c/e.yaml:15:45: lifecycle.replacedBy: "b" is retired itself; write the name of an entry that is active',
    ],
  ],
  [
    "aliases that others have",
    { ...plus("aliases: [b, x]"), "c/f.yaml": named("b", "aliases: [x]") },
    [
      'c/e.yaml:15:11: aliases[0]: "b" is the name of c/f.yaml:2; write another, or remove it',
      'c/f.yaml:15:11: aliases[0]: "x" is an alias of c/e.yaml:2; write another, or remove it',
    ],
  ],
  [
    "names that come to the same objects",
    {
      "c/a.yaml": rightEntry,
      "c/b.yaml": named("osv-proxy"),
      "c/c.yaml": named("osv-headless"),
      "c/d.yaml": remote.replace("name: linear", "name: x"),
      "c/e.yaml": named("x-remote"),
    },
    [
      'c/b.yaml:2:7: name: "osv-proxy" would make the Service mcp-osv-proxy, which c/a.yaml:2 makes too; write another name',
      'c/c.yaml:2:7: name: "osv-headless" would make the Service mcp-osv-headless, which c/a.yaml:2 makes too; write another name',
      'c/e.yaml:2:7: name: "x-remote" would make the Service mcp-x-remote-proxy, which c/d.yaml:2 makes too; write another name',
      'c/e.yaml:2:7: name: "x-remote" would make the ServiceAccount x-remote-proxy-runner, which c/d.yaml:2 makes too; write another name',
    ],
  ],
  [
    "one name for both kinds",
    { "c/a.yaml": rightEntry, "c/b.yaml": remote.replace("name: linear", "name: osv") },
    ['c/b.yaml:2:7: name: "osv" is taken by c/a.yaml:2; write another name'],
  ],
  [
    "an audience twice",
    { ...plus("auth: { audience: x }"), "c/f.yaml": named("b", "auth: { audience: x }") },
    [
      'c/f.yaml:15:19: auth.audience: "x" is the audience of c/e.yaml:15 too: a token for one would open the other; write another',
    ],
  ],
  [
    "no owner",
    edited('owner: { team: security-platform, contact: "#sec" }\n', ""),
    [
      'c/e.yaml:1:1: owner: is missing; write a map with team, contact, for example {"team":"security-platform","contact":"#sec-platform"}',
    ],
  ],
];
