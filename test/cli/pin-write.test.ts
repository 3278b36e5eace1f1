import assert from "node:assert/strict";
import {
  lstatSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { UnwritableError, writeAll } from "../../cli/pin/write";
import { inFolder } from "../catalog/catalogue-folder";

const read = (name: string): string => readFileSync(name, "utf8");
const file = (name: string, text: string) => ({ name, path: name, text });

describe("writing several files", () => {
  it("keeps links, rights and byte order marks, and leaves nothing else behind", () => {
    inFolder({ "a.yaml": "\uFEFFa: 1\n", "b.yaml": "b: 1\n" }, () => {
      symlinkSync("b.yaml", "link.yaml");
      const mode = statSync("b.yaml").mode ^ 0o111;
      rmSync("b.yaml");
      writeFileSync("b.yaml", "b: 1\n", { mode });
      const { mode: before } = statSync("b.yaml");
      writeAll(
        new Map([
          [file("a.yaml", "a: 1\n"), "a: 2\n"],
          [file("link.yaml", "b: 1\n"), "b: 2\n"],
        ]),
      );
      assert.deepEqual([read("a.yaml"), read("b.yaml")], ["\uFEFFa: 2\n", "b: 2\n"]);
      assert.ok(lstatSync("link.yaml").isSymbolicLink());
      assert.equal(statSync("b.yaml").mode, before);
      assert.deepEqual(readdirSync(".").sort(), ["a.yaml", "b.yaml", "link.yaml"]);
    });
  });

  it("writes none when one has changed since it was read, or is gone", () => {
    inFolder({ "a.yaml": "a: 1\n", "b.yaml": "b: 2\n" }, () => {
      const wanted = (second: string) =>
        new Map([
          [file("a.yaml", "a: 1\n"), "a: 2\n"],
          [file(second, "b: 1\n"), "b: 3\n"],
        ]);
      const refusal = (second: string): string => {
        try {
          writeAll(wanted(second));
          return "none";
        } catch (error) {
          assert.ok(error instanceof UnwritableError);
          return error.message;
        }
      };
      assert.equal(
        refusal("b.yaml"),
        "b.yaml: somebody else has changed it meanwhile; run this again; nothing was changed",
      );
      assert.match(
        refusal("c.yaml"),
        /^c\.yaml: it cannot be written \(ENOENT: .*\); nothing was changed$/,
      );
      assert.deepEqual([read("a.yaml"), read("b.yaml")], ["a: 1\n", "b: 2\n"]);
      assert.deepEqual(readdirSync(".").sort(), ["a.yaml", "b.yaml"]);
    });
  });

  it("takes back what it has written when a later file cannot take its place", () => {
    inFolder({ "a.yaml": "a: 1\n" }, () => {
      // The second finds its text gone, because the first one's was at the same place.
      const twice = new Map([
        [file("a.yaml", "a: 1\n"), "a: 2\n"],
        [file("./a.yaml", "a: 1\n"), "a: 3\n"],
      ]);
      assert.throws(() => {
        writeAll(twice);
      }, /^UnwritableError: \.\/a\.yaml: it cannot be written \(ENOENT/);
      assert.equal(read("a.yaml"), "a: 1\n");
    });
  });
});
