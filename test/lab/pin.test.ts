import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PinFolder, entryOf } from "../cli/pin-folder";
import { login } from "../registry/docker-folder";
import { indexOf, singleManifest, types } from "../registry/images";
import { RegistryStorage, TestRegistry, registryOrSkip } from "./registry/registry";
import { startIssuer, tokenAuth } from "./registry/token-issuer";
import type { TokenIssuer } from "./registry/token-issuer";

const blobs = ["{}", "a", "b"];
const [a, b] = [singleManifest(types.ociManifest, "a"), singleManifest(types.ociManifest, "b")];
const index = indexOf(types.ociIndex, [a, b]);
const docker = singleManifest(types.dockerManifest, "a");
const list = indexOf(types.dockerList, [docker]);

// reader, read-me; Debian's registry takes bcrypt alone.
const htpasswd = "reader:$2b$04$zYiokElYxg3JaLlpJ45/aeL06h9cZ8l8nU85f4HLTQfP6YoJ6cX3.\n";

describe("mcp-fleet pin with Debian's registry", function () {
  this.timeout(60_000);
  let storage: RegistryStorage;
  let open: TestRegistry;
  let folder: PinFolder;
  const ends: (() => void | Promise<void>)[] = [];
  before(async function () {
    // The package may have to be installed.
    this.timeout(600_000);
    registryOrSkip(this);
    storage = new RegistryStorage();
    ends.push(() => {
      storage.remove();
    });
    open = await TestRegistry.start(storage);
    ends.unshift(() => open.stop());
    await open.push("x/index", "1", blobs, [a, b, index]);
    await open.push("x/single", "latest", blobs, [a]);
    await open.push("x/docker", "1", blobs, [docker, list]);
    await open.push("x/moved", "1", blobs, [a]);
  });
  after(async () => {
    for (const end of ends.splice(0)) await end();
  });
  beforeEach(() => {
    folder = new PinFolder();
  });
  afterEach(() => {
    folder.remove();
  });
  const logIn = (registry: TestRegistry, password: string): void => {
    mkdirSync(join(folder.path, "docker"), { recursive: true });
    const auths = { [registry.address]: login("reader", password) };
    writeFileSync(join(folder.path, "docker", "config.json"), JSON.stringify({ auths }));
  };
  const image = (name: string): string => `${open.address}/x/${name}`;

  it("writes the digest of an index as of a single manifest, and again the same", async () => {
    folder.write({
      "inventory/docker.yaml": entryOf("docker", image("docker:1")),
      "inventory/index.yaml": entryOf("index", image("index:1")),
      "inventory/single.yaml": entryOf("single", image("single")),
    });
    const { code, out } = await folder.pin();
    assert.deepEqual([code, out.split("\n").at(-2)], [0, "3 images pinned, 0 as they were"]);
    const wanted = {
      docker: `docker:1@${list.digest}`,
      index: `index:1@${index.digest}`,
      single: `single:latest@${a.digest}`,
    };
    for (const [name, own] of Object.entries(wanted))
      assert.equal(folder.read(`inventory/${name}.yaml`), entryOf(name, image(own)));
    const again = await folder.pin("--check");
    assert.deepEqual([again.code, again.out], [0, "0 images pinned, 3 as they were\n"]);
  });

  it("finds a tag that has moved", async () => {
    folder.write({ "inventory/moved.yaml": entryOf("moved", image("moved:1")) });
    assert.equal((await folder.pin()).code, 0);
    await open.push("x/moved", "1", blobs, [b]);
    const { code, out } = await folder.pin();
    assert.deepEqual(
      [code, out.split("\n")[0]],
      [
        1,
        `inventory/moved.yaml:9:8: image: the tag of ${image("moved:1")} has moved: it points to ${b.digest}, not to ${a.digest}; look at what has changed, then run mcp-fleet pin --update`,
      ],
    );
    assert.equal((await folder.pin("--update")).code, 0);
    assert.equal(
      folder.read("inventory/moved.yaml"),
      entryOf("moved", image(`moved:1@${b.digest}`)),
    );
  });

  it("says that a tag or a repository is missing, and writes nothing", async () => {
    const text = entryOf("index", image("index:1"));
    folder.write({
      "inventory/a.yaml": text,
      "inventory/b.yaml": entryOf("b", image("index:2")),
      "inventory/c.yaml": entryOf("c", image("none:1")),
    });
    const { code, out } = await folder.pin();
    const absent = (name: string, tag: string): string =>
      `cannot be resolved: ${open.address} has no tag ${tag} of x/${name}; check name and tag of the image`;
    assert.deepEqual(
      [code, out.split("\n")],
      [
        1,
        [
          `inventory/b.yaml:9:8: image: ${image("index:2")} ${absent("index", "2")}`,
          `inventory/c.yaml:9:8: image: ${image("none:1")} ${absent("none", "1")}`,
          "0 images pinned, 0 as they were, 1 not pinned, 2 failed; nothing was changed",
          "",
        ],
      ],
    );
    assert.equal(folder.read("inventory/a.yaml"), text);
  });

  /** The same three runs, whatever the registry wants of a login. */
  const logsIn = async (registry: TestRegistry): Promise<void> => {
    const own = `${registry.address}/x/index:1`;
    const text = entryOf("index", own);
    folder.write({ "inventory/index.yaml": text });
    const refusal = (reason: string): string =>
      `inventory/index.yaml:9:8: image: ${own} cannot be resolved: ${registry.address} ${reason}: docker login ${registry.address}`;
    const without = await folder.pin();
    assert.deepEqual(
      [without.code, without.out.split("\n")[0]],
      [
        1,
        refusal(
          "lets nobody without a login read x/index, or has none of that name; check its name, or log in",
        ),
      ],
    );
    logIn(registry, "wrong");
    const wrong = await folder.pin();
    assert.deepEqual(
      [wrong.code, wrong.out.split("\n")[0]],
      [
        1,
        refusal(
          "does not let the login that Docker has for it read x/index; ask for the right to read it, check its name, or log in anew",
        ),
      ],
    );
    assert.equal(folder.read("inventory/index.yaml"), text);
    logIn(registry, "read-me");
    assert.equal((await folder.pin()).code, 0);
    assert.equal(folder.read("inventory/index.yaml"), entryOf("index", `${own}@${index.digest}`));
  };

  it("logs in with a password", async () => {
    const path = storage.file("htpasswd", htpasswd);
    const registry = await TestRegistry.start(storage, { htpasswd: { realm: "test", path } });
    try {
      await logsIn(registry);
    } finally {
      await registry.stop();
    }
  });

  it("logs in with a token that it gets for a password", async () => {
    let issuer: TokenIssuer | undefined;
    let registry: TestRegistry | undefined;
    try {
      issuer = await startIssuer(`Basic ${login("reader", "read-me").auth}`);
      const certificate = storage.file("issuer.pem", issuer.certificate);
      registry = await TestRegistry.start(storage, tokenAuth(issuer, certificate));
      await logsIn(registry);
      assert.deepEqual(
        [...new Set(issuer.server.lines)],
        ["GET /token?service=registry&scope=repository%3Ax%2Findex%3Apull"],
      );
    } finally {
      await registry?.stop();
      await issuer?.server.close();
    }
  });
});
