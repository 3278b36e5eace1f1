import assert from "node:assert/strict";
import { HttpServer } from "../registry/http-server";
import { indexOf, sha256, singleManifest, types } from "../registry/images";
import { PinFolder, entryOf, tagServer } from "./pin-folder";

const single = singleManifest(types.ociManifest, "a");
const index = indexOf(types.ociIndex, [single, singleManifest(types.ociManifest, "b")]);
const old = sha256(Buffer.from("what the tag pointed to"));

describe("mcp-fleet pin, when it does not write,", function () {
  this.timeout(60_000);
  let folder: PinFolder;
  let registry: HttpServer;
  let at: string;
  beforeEach(async () => {
    folder = new PinFolder();
    registry = await tagServer({ "x/a:1.2": index, "x/b:latest": single, "x/c:3": single });
    at = registry.address;
  });
  afterEach(async () => {
    folder.remove();
    await registry.close();
  });

  it("changes nothing when one image cannot be told, and says each that cannot", async () => {
    const gone = await tagServer({});
    const { address: nobody } = gone;
    await gone.close();
    const files = {
      "inventory/a.yaml": entryOf("a", `${at}/x/a:1.2`),
      "inventory/b.yaml": entryOf("b", `${at}/x/a:1.3`),
      "inventory/c.yaml": entryOf("c", `${nobody}/x/a:1@${old}`),
      "inventory/d.yaml": entryOf("d", `${at}/x/c:3@${old}`),
    };
    folder.write(files);
    const { code, out } = await folder.pin("--update");
    assert.deepEqual(
      [code, out.split("\n")],
      [
        1,
        [
          `inventory/b.yaml:9:8: image: ${at}/x/a:1.3 cannot be resolved: ${at} has no tag 1.3 of x/a; check name and tag of the image`,
          `inventory/c.yaml:9:8: image: ${nobody}/x/a:1 cannot be resolved: nothing listens at ${nobody}; check the network; behind a proxy, set HTTPS_PROXY`,
          `inventory/d.yaml:9:8: image: the tag of ${at}/x/c:3 has moved: it points to ${single.digest}, not to ${old}; look at what has changed, then run mcp-fleet pin --update`,
          "0 images pinned, 0 as they were, 1 not pinned, 1 moved, 2 failed; nothing was changed",
          "",
        ],
      ],
    );
    for (const [name, text] of Object.entries(files)) assert.equal(folder.read(name), text);
  });

  it("changes nothing when one image cannot be written", async () => {
    const alias = entryOf("b", "*image").replace("kind", `description: &image ${at}/x/c:3\nkind`);
    const files = {
      "inventory/a.yaml": entryOf("a", `${at}/x/a:1.2`),
      "inventory/b.yaml": alias.replace(/\ndescription: Looks.*/, ""),
    };
    folder.write(files);
    const { code, out } = await folder.pin();
    assert.deepEqual(
      [code, out.split("\n")],
      [
        1,
        [
          `inventory/b.yaml:9:8: image: cannot be written: an alias stands in its place; write ${at}/x/c:3@${single.digest} yourself`,
          "0 images pinned, 0 as they were, 1 not pinned, 1 failed; nothing was changed",
          "",
        ],
      ],
    );
    for (const [name, text] of Object.entries(files)) assert.equal(folder.read(name), text);
  });

  it("exits with 2 when nothing can be reached at all, and when it cannot run", async () => {
    await registry.close();
    const entry = entryOf("a", `${at}/x/a:1.2`);
    folder.write({ "inventory/a.yaml": entry });
    const [plain, check, nowhere, both] = await Promise.all([
      folder.pin(),
      folder.pin("--check"),
      folder.pin("--stack", "nowhere"),
      folder.pin("--check", "--update"),
    ]);
    assert.deepEqual([plain.code, check.code, nowhere.code, both.code], [2, 2, 2, 2]);
    assert.equal(folder.read("inventory/a.yaml"), entry);
    assert.equal(nowhere.err, "stacks/Pulumi.nowhere.yaml: there is no such file or folder\n");
    assert.match(both.err, /'--update' cannot be used with option '--check'/);
  });

  it("says which variable names a proxy that is none, and not what it holds", async () => {
    folder.write({ "inventory/a.yaml": entryOf("a", `${at}/x/a:1.2`) });
    const [bare, empty, both] = await Promise.all([
      folder.pinWith({ HTTPS_PROXY: "me:secret@proxy:3128", https_proxy: "" }),
      folder.pinWith({ HTTPS_PROXY: "", https_proxy: "" }),
      folder.pinWith({ https_proxy: "http://[", HTTPS_PROXY: "http://proxy:3128" }),
    ]);
    const text = (name: string): string =>
      `${name} is no URL of a proxy; write it as http://host:port, or unset it\n`;
    assert.deepEqual([bare.code, bare.out, bare.err], [2, "", text("HTTPS_PROXY")]);
    assert.deepEqual([both.code, both.out, both.err], [2, "", text("https_proxy")]);
    assert.equal(empty.code, 0, empty.err);
  });

  it("asks for nothing when the entries have mistakes, or run no image", async () => {
    folder.write({
      "c/a.yaml": entryOf("a", `${at}/x/a:1.2`).replace("8080", "0"),
      "d/a.yaml": entryOf("a", `${at}/x/d@${old}`),
    });
    const [wrong, digest] = await Promise.all([folder.pin("c"), folder.pin("d")]);
    assert.deepEqual(
      [wrong.code, wrong.out],
      [
        1,
        "c/a.yaml:11:7: port: 0 does not fit; write a whole number from 1 to 65535, outside 30000-32767, for example 8080\n",
      ],
    );
    assert.deepEqual([digest.code, digest.out], [0, "0 images pinned, 1 as they were\n"]);
    assert.deepEqual(registry.lines, []);
  });
});
