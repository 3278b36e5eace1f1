import assert from "node:assert/strict";
import { readSettings } from "../../catalog";
import { HttpServer } from "../registry/http-server";
import { indexOf, sha256, singleManifest, types } from "../registry/images";
import { PinFolder, entryOf, tagServer } from "./pin-folder";

const single = singleManifest(types.ociManifest, "a");
const index = indexOf(types.ociIndex, [single, singleManifest(types.ociManifest, "b")]);
const old = sha256(Buffer.from("what the tag pointed to"));

describe("mcp-fleet pin", function () {
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

  it("writes the digests into the entries, and changes nothing else of them", async () => {
    const comment = `# image: ${at}/x/a:1.2\n`;
    const quoted = entryOf("a", `"${at}/x/a:1.2"   # the first`);
    folder.write({
      "inventory/a.yaml": comment + quoted,
      "inventory/b.yaml": entryOf("b", `${at}/x/b`),
      "inventory/again.yml": entryOf("again", `${at}/x/a:1.2`),
      "inventory/d.yaml": entryOf("d", `${at}/x/d@${old}`),
    });
    const { code, out, err } = await folder.pin();
    assert.deepEqual(
      [code, out.split("\n"), err],
      [
        0,
        [
          `inventory/a.yaml:10:8: note: image: ${at}/x/a:1.2 is pinned to ${index.digest}`,
          `inventory/again.yml:9:8: note: image: ${at}/x/a:1.2 is pinned to ${index.digest}`,
          `inventory/b.yaml:9:8: note: image: ${at}/x/b names no tag, which means latest, and is pinned to ${single.digest}`,
          "3 images pinned, 1 as they were",
          "",
        ],
        "",
      ],
    );
    assert.equal(
      folder.read("inventory/a.yaml"),
      comment + entryOf("a", `"${at}/x/a:1.2@${index.digest}"   # the first`),
    );
    assert.equal(
      folder.read("inventory/b.yaml"),
      entryOf("b", `${at}/x/b:latest@${single.digest}`),
    );
    assert.equal(folder.read("inventory/d.yaml"), entryOf("d", `${at}/x/d@${old}`));
    assert.deepEqual([...registry.lines].sort(), [
      "GET /v2/x/a/manifests/1.2",
      "GET /v2/x/b/manifests/latest",
    ]);
    const again = await folder.pin();
    assert.deepEqual([again.code, again.out], [0, "0 images pinned, 4 as they were\n"]);
  });

  it("pins for an environment what it takes, and its platform's images where they stand", async () => {
    const stack = (operator: string, proxyrunner: string, vmcp: string): string =>
      `config:\n  mcp-fleet:catalogue: [entries]\n  mcp-fleet:entries: { except: [b] }\n  mcp-fleet:platform:\n    # from our mirror\n    images: { operator: ${operator}, proxyrunner: "${proxyrunner}" }\n    ${vmcp}\n`;
    const crds = "crds: { keep: false } # try";
    folder.write({
      "entries/a.yaml": entryOf("a", `${at}/x/c:3`),
      "entries/b.yaml": entryOf("b", `${at}/x/none:1`),
      "stacks/Pulumi.dev.yaml": stack(`${at}/x/a:1.2`, `${at}/x/b`, crds).replace(
        " }\n    crds",
        `, vmcp: ${at}/x/c:3@${single.digest} }\n    crds`,
      ),
    });
    const { code, out } = await folder.pin("--stack", "dev");
    assert.deepEqual(
      [code, out.split("\n")],
      [
        0,
        [
          `entries/a.yaml:9:8: note: image: ${at}/x/c:3 is pinned to ${single.digest}`,
          `stacks/Pulumi.dev.yaml:6:25: note: mcp-fleet:platform.images.operator: ${at}/x/a:1.2 is pinned to ${index.digest}`,
          `stacks/Pulumi.dev.yaml:6:${25 + `${at}/x/a:1.2, proxyrunner: `.length}: note: mcp-fleet:platform.images.proxyrunner: ${at}/x/b names no tag, which means latest, and is pinned to ${single.digest}`,
          "3 images pinned, 1 as they were",
          "",
        ],
      ],
    );
    assert.equal(
      folder.read("stacks/Pulumi.dev.yaml"),
      stack(`${at}/x/a:1.2@${index.digest}`, `${at}/x/b:latest@${single.digest}`, crds).replace(
        " }\n    crds",
        `, vmcp: ${at}/x/c:3@${single.digest} }\n    crds`,
      ),
    );
  });

  it("lets the environment demand the digests that it is about to write", async () => {
    const stack = (digest: string): string =>
      `config:\n  mcp-fleet:admission:\n    deployers: [{ group: us }]\n  mcp-fleet:platform:\n    images:\n      operator: ${at}/x/d@${old}\n      proxyrunner: ${at}/x/c:3${digest}\n      vmcp: ${at}/x/d@${old}\n`;
    folder.write({
      "inventory/a.yaml": entryOf("a", `${at}/x/d@${old}`),
      "stacks/Pulumi.dev.yaml": stack(""),
      "stacks/Pulumi.bad.yaml": stack("").replace("group", "grup"),
    });
    assert.throws(() => readSettings(folder.path, "dev"), /proxyrunner: .* names no digest/);
    const [run, bad] = await Promise.all([
      folder.pin("--stack", "dev"),
      folder.pin("--stack", "bad"),
    ]);
    assert.deepEqual([run.code, run.out.split("\n").at(-2)], [0, "1 image pinned, 3 as they were"]);
    assert.equal(folder.read("stacks/Pulumi.dev.yaml"), stack(`@${single.digest}`));
    assert.equal(bad.code, 1);
    assert.match(bad.out, /^stacks\/Pulumi\.bad\.yaml:3:\d+: mcp-fleet:admission\.deployers/);
  });

  it("says that a tag has moved, and follows it only when told so", async () => {
    const [moved, part] = [`${at}/x/c:3@${old}`, `${at}/x/a:1.2@${single.digest}`];
    folder.write({
      "inventory/a.yaml": entryOf("a", moved),
      "inventory/b.yaml": entryOf("b", part),
      "inventory/c.yaml": entryOf("c", `${at}/x/b:latest`),
    });
    const first = await folder.pin();
    assert.deepEqual(
      [first.code, first.out.split("\n")],
      [
        1,
        [
          `inventory/a.yaml:9:8: image: the tag of ${at}/x/c:3 has moved: it points to ${single.digest}, not to ${old}; look at what has changed, then run mcp-fleet pin --update`,
          `inventory/b.yaml:9:8: image: ${single.digest} is what ${at}/x/a:1.2 has for linux/amd64 alone, and ${index.digest} is the image for all platforms; look which you want, then run mcp-fleet pin --update`,
          `inventory/c.yaml:9:8: note: image: ${at}/x/b:latest is pinned to ${single.digest}`,
          "1 image pinned, 0 as they were, 2 moved",
          "",
        ],
      ],
    );
    assert.equal(folder.read("inventory/a.yaml"), entryOf("a", moved));
    const second = await folder.pin("--update");
    assert.deepEqual(
      [second.code, second.out.split("\n")],
      [
        0,
        [
          `inventory/a.yaml:9:8: note: image: ${at}/x/c:3 has moved from ${old} to ${single.digest}, which is written now`,
          `inventory/b.yaml:9:8: note: image: ${at}/x/a:1.2 has moved from ${single.digest} to ${index.digest}, which is written now`,
          "2 images pinned, 1 as they were",
          "",
        ],
      ],
    );
    assert.equal(folder.read("inventory/a.yaml"), entryOf("a", `${at}/x/c:3@${single.digest}`));
    assert.equal(folder.read("inventory/b.yaml"), entryOf("b", `${at}/x/a:1.2@${index.digest}`));
  });

  it("only looks with --check", async () => {
    const files = {
      "inventory/a.yaml": entryOf("a", `${at}/x/a:1.2`),
      "inventory/c.yaml": entryOf("c", `${at}/x/c:3@${single.digest}`),
      "more/moved.yaml": entryOf("c", `${at}/x/c:3@${old}`),
    };
    folder.write(files);
    const [all, right, moved] = await Promise.all([
      folder.pin("--check"),
      folder.pin("--check", "inventory/c.yaml"),
      folder.pin("--check", "more"),
    ]);
    assert.deepEqual(
      [all.code, all.out.split("\n")],
      [
        1,
        [
          `inventory/a.yaml:9:8: image: ${at}/x/a:1.2 names no digest; its tag points to ${index.digest}; run mcp-fleet pin`,
          "0 images pinned, 1 as they were, 1 not pinned",
          "",
        ],
      ],
    );
    assert.deepEqual([right.code, right.out], [0, "0 images pinned, 1 as they were\n"]);
    assert.equal(moved.code, 1);
    assert.match(moved.out, /^more\/moved\.yaml:9:8: image: the tag of .* has moved: /);
    for (const [name, text] of Object.entries(files)) assert.equal(folder.read(name), text);
  });

  it("gives the same as JSON", async () => {
    folder.write({
      "inventory/a.yaml": entryOf("a", `${at}/x/a:1.2`),
      "inventory/c.yaml": entryOf("c", `${at}/x/c:3@${single.digest}`),
    });
    const place = { line: 9, column: 8, path: "image" };
    const pinned = {
      ...{ file: "inventory/a.yaml", ...place },
      image: `${at}/x/a:1.2`,
      status: "pinned",
      digest: index.digest,
      pinned: `${at}/x/a:1.2@${index.digest}`,
      message: `${at}/x/a:1.2 is pinned to ${index.digest}`,
    };
    const current = {
      ...{ file: "inventory/c.yaml", ...place },
      image: `${at}/x/c:3@${single.digest}`,
      status: "current",
      digest: single.digest,
      pinned: `${at}/x/c:3@${single.digest}`,
    };
    folder.write({ "missing/a.yaml": entryOf("a", `${at}/x/a:9`) });
    const [right, failed] = await Promise.all([
      folder.pin("--json", "inventory"),
      folder.pin("--json", "missing"),
    ]);
    assert.deepEqual([right.code, failed.code], [0, 1]);
    assert.deepEqual(JSON.parse(right.out), {
      written: ["inventory/a.yaml"],
      images: [pinned, current],
    });
    assert.deepEqual(JSON.parse(failed.out), {
      written: [],
      images: [
        {
          ...{ file: "missing/a.yaml", ...place },
          image: `${at}/x/a:9`,
          status: "failed",
          message: `${at}/x/a:9 cannot be resolved: ${at} has no tag 9 of x/a; check name and tag of the image`,
        },
      ],
    });
  });
});
