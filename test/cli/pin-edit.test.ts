import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { EditError, setText } from "../../cli/pin/edit";
import { project } from "./command";

const image = "a.dev/x:1";
const pinned = `a.dev/x:1@sha256:${"0".repeat(64)}`;
const operator = ["config", "mcp-fleet:platform", "images", "operator"];

describe("setting one value of a YAML text", () => {
  it("changes that value alone, in whatever way it is written", () => {
    // W is the image to change; V is it too, where nothing is to be changed.
    const ways: readonly string[] = [
      "a: 1\nimage: W\nb: 2\n",
      "# V\nimage:   W   # V\n",
      'image: "W"\n',
      "image: 'W' # it's\n",
      "image:\n    W\nb: [1,   2]\n",
      "image: >-\n  W\nb: V\n",
      "image: >- # V\n  W\n",
      "image: |-\n  W\nb: |\n  V\n",
      "image: &name W\nb: x\n",
      'image: !!str "W"\n',
      "{b: [V],image: W, c: V}\n",
      "a: V\r\nimage: W\r\nb: x\r\n",
      "'image': W",
      "---\nimage: W\n...\n",
    ];
    for (const way of ways) {
      const [before, after] = [image, pinned].map((own) =>
        way.replace("W", own).replaceAll("V", image),
      );
      assert.equal(setText(before ?? "", ["image"], pinned), after);
    }
  });

  it("leaves every entry of the inventory as it is but for its image", () => {
    const folder = join(project, "inventory", "servers");
    const files = readdirSync(folder);
    assert.ok(files.length > 0);
    for (const name of files) {
      const text = readFileSync(join(folder, name), "utf8");
      const { image: before } = parse(text) as { readonly image: string };
      assert.equal(
        setText(text, ["image"], pinned),
        text.replace(`\nimage: ${before}\n`, `\nimage: ${pinned}\n`),
      );
    }
  });

  it("adds what is not there, after what its map holds", () => {
    const added: Readonly<Record<string, readonly [string, string]>> = {
      "to a map in lines": [
        "config:\n  mcp-fleet:platform:\n    images:\n      # ours\n      vmcp: v # fixed\n    # crds below\n    crds: {}\n",
        "config:\n  mcp-fleet:platform:\n    images:\n      # ours\n      vmcp: v # fixed\n      operator: V\n    # crds below\n    crds: {}\n",
      ],
      "to a map in braces": [
        'config:\n  mcp-fleet:platform: { images: { vmcp: "v" }, crds: {} } # c\n',
        'config:\n  mcp-fleet:platform: { images: { vmcp: "v", operator: V }, crds: {} } # c\n',
      ],
      "to a map in braces over lines": [
        "config:\n  mcp-fleet:platform: {\n    images: {\n      vmcp: v, # c\n    }\n  }\n",
        "config:\n  mcp-fleet:platform: {\n    images: {\n      vmcp: v, operator: V, # c\n    }\n  }\n",
      ],
      "to an empty map": [
        "config:\n  mcp-fleet:platform: { images: {} }\n",
        "config:\n  mcp-fleet:platform: { images: { operator: V } }\n",
      ],
      "to a map in braces that holds but a comment": [
        "config:\n  mcp-fleet:platform: {\n    images: { # none yet\n    }\n  }\n",
        "config:\n  mcp-fleet:platform: {\n    images: { operator: V # none yet\n    }\n  }\n",
      ],
      "with the map": [
        "config:\n    # a\n    mcp-fleet:platform:\n        # b\n        crds: { keep: false } # c\n\n        # d\n    mcp-fleet:x:\n    - 1 # e\nencryptionsalt: v1\n",
        "config:\n    # a\n    mcp-fleet:platform:\n        # b\n        crds: { keep: false } # c\n        images:\n          operator: V\n\n        # d\n    mcp-fleet:x:\n    - 1 # e\nencryptionsalt: v1\n",
      ],
      "with all above it": [
        "config:\n  mcp-fleet:catalogue:\n    - inventory # all\n# salt\nencryptionsalt: v1\n",
        "config:\n  mcp-fleet:catalogue:\n    - inventory # all\n  mcp-fleet:platform:\n    images:\n      operator: V\n# salt\nencryptionsalt: v1\n",
      ],
      "below a key without value": [
        "a: 1\nconfig: # none yet\nb: 2\n",
        "a: 1\nconfig: # none yet\n  mcp-fleet:platform:\n    images:\n      operator: V\nb: 2\n",
      ],
      "below an empty map": [
        "config: {} # none yet\n",
        "config: { mcp-fleet:platform: { images: { operator: V } } } # none yet\n",
      ],
      "after several lines of text": [
        "config:\n  a: |\n    one\n\n    two\nb: 1\n",
        "config:\n  a: |\n    one\n\n    two\n  mcp-fleet:platform:\n    images:\n      operator: V\nb: 1\n",
      ],
      "to a file without a key": [
        "# mine\n",
        "# mine\nconfig:\n  mcp-fleet:platform:\n    images:\n      operator: V\n",
      ],
      "to an empty file": ["", "config:\n  mcp-fleet:platform:\n    images:\n      operator: V\n"],
      "to a file without an end of line": [
        "config:\n  a: 1",
        "config:\n  a: 1\n  mcp-fleet:platform:\n    images:\n      operator: V\n",
      ],
      "with the file's own ends of lines": [
        "config:\r\n  mcp-fleet:platform:\r\n    crds: {}\r\n",
        "config:\r\n  mcp-fleet:platform:\r\n    crds: {}\r\n    images:\r\n      operator: V\r\n",
      ],
    };
    for (const [name, [before, after]] of Object.entries(added))
      assert.equal(setText(before, operator, pinned), after.replace("V", pinned), name);
  });

  it("refuses what it cannot do without changing something else", () => {
    const refused: Readonly<Record<string, string>> = {
      "x: &a a.dev/x:1\nimage: *a\n": "an alias stands in its place",
      'image: "a.dev/\\u0078:1"\n': "it is written with escapes",
      "image: [a]\n": "something else than text stands in its place",
      "image: ~\n": "something else than text stands in its place",
      "image: null # null\n": "something else than text stands in its place",
      "image: &a a.dev/x:1\nx: *a\n":
        "it stands where nothing can be written without changing something else",
    };
    for (const [text, reason] of Object.entries(refused))
      assert.throws(
        () => setText(text, ["image"], pinned),
        (error) => error instanceof EditError && error.message === reason,
        text,
      );
    for (const text of ["config: [1]\n", "config: |\n  x\n", "a: &a {}\nconfig: *a\n"])
      assert.throws(
        () => setText(text, operator, pinned),
        (error) => error instanceof EditError && error.message === "what stands above it is no map",
        text,
      );
  });
});
