import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chownSync,
  lstatSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
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

  it("keeps the owner, where this user may give files away", () => {
    inFolder({ "a.yaml": "a: 1\n" }, () => {
      const { uid, gid } = statSync("a.yaml");
      const owner = uid === 0 ? [12, 34] : [uid, gid];
      chownSync("a.yaml", owner[0] ?? 0, owner[1] ?? 0);
      writeAll(new Map([[file("a.yaml", "a: 1\n"), "a: 2\n"]]));
      const after = statSync("a.yaml");
      assert.deepEqual([read("a.yaml"), after.uid, after.gid], ["a: 2\n", ...owner]);
    });
  });

  it("writes nothing over bytes that are no UTF-8, which reading would have changed", () => {
    inFolder({}, () => {
      const bytes = Buffer.from("a: 1 # caf\xe9\n", "latin1");
      writeFileSync("a.yaml", bytes);
      assert.throws(() => {
        writeAll(new Map([[file("a.yaml", read("a.yaml")), "a: 2\n"]]));
      }, /^UnwritableError: a\.yaml: somebody else has changed it meanwhile/);
      assert.deepEqual(readFileSync("a.yaml"), bytes);
    });
  });

  it("leaves nothing behind when the disk takes but a part", () => {
    inFolder({ "a.yaml": "a: 1\n" }, () => {
      const program = `
        require("esbuild-register");
        const { writeAll } = require(${JSON.stringify(join(__dirname, "..", "..", "cli/pin/write"))});
        const a = { name: "a.yaml", path: "a.yaml", text: "a: 1\\n" };
        try { writeAll(new Map([[a, "#".repeat(5000)]])); } catch ({ message }) { console.log(message); }`;
      // Files of at most two blocks, of 512 or 1024 bytes.
      const { stdout } = spawnSync(
        "sh",
        ["-c", 'ulimit -f 2; exec "$0" -e "$1"', process.execPath, program],
        {
          encoding: "utf8",
          env: { ...process.env, NODE_PATH: join(__dirname, "..", "..", "node_modules") },
        },
      );
      assert.match(stdout, /^a\.yaml: it cannot be written \(EFBIG: .*\); nothing was changed\n$/);
      assert.equal(read("a.yaml"), "a: 1\n");
      assert.deepEqual(readdirSync("."), ["a.yaml"]);
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
