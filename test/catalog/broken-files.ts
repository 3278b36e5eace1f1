import { edited, one } from "./broken";
import type { Broken } from "./broken";
import { rightEntry } from "./catalogue-folder";

/** Files that hold no entry, or more than one, or the same one. */
export const brokenFiles: Broken = [
  ["empty file", one(""), ["c/e.yaml:1:1: the file is empty; write an entry, or delete the file"]],
  [
    "only a comment",
    one("# nothing\n"),
    ["c/e.yaml:1:1: the file is empty; write an entry, or delete the file"],
  ],
  [
    "folder without entries",
    { "c/readme.txt": "no entry" },
    ["c: this folder holds no entry; write one as <name>.yaml"],
  ],
  [
    "bad YAML",
    one("kind: Server\nname: [osv\n"),
    [
      "c/e.yaml:3:1: this is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
  ],
  [
    "duplicate key",
    edited("category: security", "category: security\ncategory: other"),
    ["c/e.yaml:7:1: this is not valid YAML: a key stands twice in one map; keep one of them"],
  ],
  [
    "unknown tag",
    edited("category: security", "category: !env SECRET"),
    ["c/e.yaml:6:11: this is not valid YAML: Unresolved tag: !env; write plain YAML without tags"],
  ],
  [
    "two documents",
    one(`${rightEntry}---\nkind: Server\n`),
    ["c/e.yaml:15:1: a second YAML document starts here; write one document a file, without `---`"],
  ],
  [
    "not UTF-8",
    one(new Uint8Array([0x6b, 0xff])),
    ["c/e.yaml: this is not UTF-8 text; save it as UTF-8"],
  ],
  [
    "a list",
    one("- kind: Server\n"),
    [
      'c/e.yaml:1:1: [{"kind":"Server"}] is not an entry; write a map that begins with kind: Server',
    ],
  ],
  ["no kind", one("name: osv\n"), ["c/e.yaml:1:1: kind: is missing; write one of Server, Remote"]],
  [
    "unknown kind",
    edited("kind: Server", "kind: Sever"),
    ['c/e.yaml:1:7: kind: "Sever" is not a kind of entry; write one of Server, Remote'],
  ],
  [
    "kind of the prototype",
    edited("kind: Server", "kind: constructor"),
    ['c/e.yaml:1:7: kind: "constructor" is not a kind of entry; write one of Server, Remote'],
  ],
];
