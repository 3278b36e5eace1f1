import assert from "node:assert/strict";
import { parseImage } from "../../catalog";
import { RegistryClient, RegistryError } from "../../registry";
import type { Resolved } from "../../registry";
import { HttpServer } from "./http-server";
import type { Asked, Reply } from "./http-server";
import { indexOf, manifestOf, served, sha256, singleManifest, types } from "./images";

const patience = { timeoutMs: 300, retryMs: 5 };

/** Resolves x/y:1 of a server; gives what the client found, or why it did not. */
async function resolve(server: HttpServer): Promise<Resolved | RegistryError> {
  return await resolveImage(`${server.address}/x/y:1`);
}

async function resolveImage(text: string): Promise<Resolved | RegistryError> {
  const image = parseImage(text);
  assert.ok(image, text);
  const client = await RegistryClient.open(patience);
  try {
    return await client.resolve(image);
  } catch (error) {
    if (error instanceof RegistryError) return error;
    throw error;
  } finally {
    await client.close();
  }
}

function reason(found: Resolved | RegistryError): string {
  assert.ok(found instanceof RegistryError, JSON.stringify(found));
  return found.message;
}

describe("a registry's client", () => {
  const servers: HttpServer[] = [];
  const start = async (answer: (asked: Asked) => Reply): Promise<HttpServer> => {
    const server = await HttpServer.start(answer);
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  const single = singleManifest(types.ociManifest, "a");

  for (const [name, index, manifest] of [
    ["OCI", types.ociIndex, types.ociManifest],
    ["Docker", types.dockerList, types.dockerManifest],
  ] as const) {
    it(`takes the digest of the index from ${name}, and knows its platforms`, async () => {
      const own = [singleManifest(manifest, "a"), singleManifest(manifest, "b")];
      const all = indexOf(index, own);
      const server = await start(() => served(all));
      assert.deepEqual(await resolve(server), {
        digest: all.digest,
        platforms: [
          { name: "linux/amd64", digest: own[0]?.digest },
          { name: "linux/arm64", digest: own[1]?.digest },
        ],
      });
      assert.deepEqual(server.lines, ["GET /v2/x/y/manifests/1"]);
      assert.deepEqual(
        server.asked[0]?.headers.accept?.split(", ").sort(),
        Object.values(types).sort(),
      );
    });

    it(`takes the digest of an image for one platform from ${name}`, async () => {
      const own = singleManifest(manifest, "a");
      const server = await start(() => served(own));
      assert.deepEqual(await resolve(server), { digest: own.digest, platforms: [] });
    });
  }

  it("tells variants of an architecture apart", async () => {
    const [v6, v7] = [single, singleManifest(types.ociManifest, "b")];
    const platform = { os: "linux", architecture: "arm" };
    const all = manifestOf(types.ociIndex, {
      manifests: [
        { digest: v6.digest, platform: { ...platform, variant: "v6" } },
        { digest: v7.digest, platform: { ...platform, variant: "v7" } },
        { digest: sha256(Buffer.from("of no platform")) },
      ],
    });
    const server = await start(() => served(all));
    assert.deepEqual(await resolve(server), {
      digest: all.digest,
      platforms: [
        { name: "linux/arm/v6", digest: v6.digest },
        { name: "linux/arm/v7", digest: v7.digest },
      ],
    });
  });

  it("asks for latest when no tag is written", async () => {
    const server = await start(() => served(single));
    await resolveImage(`${server.address}/x/y`);
    assert.deepEqual(server.lines, ["GET /v2/x/y/manifests/latest"]);
  });

  it("computes the digest that a registry does not say", async () => {
    const server = await start(() => ({
      headers: { "content-type": `${single.type}; charset=utf-8` },
      body: single.body,
    }));
    assert.deepEqual(await resolve(server), { digest: single.digest, platforms: [] });
  });

  it("finds out a registry that says another digest than that of what it sends", async () => {
    const other = sha256(Buffer.from("other"));
    const server = await start(() => served({ ...single, digest: other }));
    assert.equal(
      reason(await resolve(server)),
      `${server.address} says that the digest is "${other}", and sends bytes of ${single.digest}`,
    );
  });

  it("takes nothing for a manifest that is none", async () => {
    const bad: Readonly<Record<string, Reply>> = {
      'answers with "text/html", which is not an image\'s manifest that runtimes of today take': {
        headers: { "content-type": "text/html" },
        body: "<html>",
      },
      "sends a manifest that is none": {
        headers: { "content-type": types.ociIndex },
        body: "<html>",
      },
      [`says that a manifest is ${types.ociManifest}, which says of itself that it is another`]:
        served({ ...manifestOf(types.ociIndex, { manifests: [] }), type: types.ociManifest }),
      "answers with more than 4194304 bytes, which is no image's manifest": {
        headers: { "content-type": types.ociIndex },
        body: Buffer.alloc(4 * 1024 * 1024 + 1),
      },
    };
    for (const [text, reply] of Object.entries(bad)) {
      const server = await start(() => reply);
      assert.equal(reason(await resolve(server)), `${server.address} ${text}`);
    }
  });

  it("says what a registry refuses", async () => {
    const reasons = {
      401: "wants a login in a way that is neither a token's nor a password's",
      403: "lets nobody without a login read x/y, or has none of that name",
      404: "has no tag 1 of x/y",
      418: "answers with status 418",
      429: "takes no more requests from here for now",
      503: "answers with status 503",
    };
    for (const [status, text] of Object.entries(reasons)) {
      const server = await start(() => ({ status: Number(status) }));
      const found = await resolve(server);
      assert.equal(reason(found), `${server.address} ${text}`);
      assert.ok(found instanceof RegistryError && found.reached && found.fix !== "");
    }
  });

  it("tries again three times where that may help, and no more", async () => {
    for (const again of [{ status: 429 }, { status: 500 }, { status: 503 }, "break"] as const) {
      const late = await start(() => (late.asked.length < 4 ? again : served(single)));
      assert.deepEqual(await resolve(late), { digest: single.digest, platforms: [] });
      const never = await start(() => again);
      reason(await resolve(never));
      assert.equal(never.asked.length, 4);
    }
    const absent = await start(() => ({ status: 404 }));
    reason(await resolve(absent));
    assert.equal(absent.asked.length, 1);
  });

  it("waits as long as a registry wants", async () => {
    const busy = { status: 429, headers: { "retry-after": "1" } };
    const server = await start(() => (server.asked.length < 2 ? busy : served(single)));
    const since = Date.now();
    assert.deepEqual(await resolve(server), { digest: single.digest, platforms: [] });
    assert.ok(Date.now() - since >= 950);
  });

  it("says that an answer has broken off, when the rest of it is not to be had", async () => {
    const server = await start(() => ({
      headers: { "content-type": single.type, "content-length": `${single.body.length + 1}` },
      body: single.body,
      breaks: true,
    }));
    const found = await resolve(server);
    assert.equal(reason(found), `${server.address} breaks off its answers`);
    assert.ok(found instanceof RegistryError && found.reached);
  });

  it("gives up on one that does not answer, or is not there", async () => {
    const silent = await start(() => "hang");
    const waited = await resolve(silent);
    assert.equal(reason(waited), `${silent.address} has not answered within 0.3 s`);
    const { address } = silent;
    await servers.splice(0)[0]?.close();
    const gone = await resolveImage(`${address}/x/y:1`);
    assert.equal(reason(gone), `nothing listens at ${address}`);
    for (const found of [waited, gone]) assert.ok(found instanceof RegistryError && !found.reached);
  });

  it("follows redirects, and not for ever", async () => {
    const end = await start(() => served(single));
    const begin = await start(({ url }) => ({
      status: 307,
      headers: { location: `http://${end.address}${url}?x=1` },
    }));
    assert.deepEqual(await resolve(begin), { digest: single.digest, platforms: [] });
    assert.deepEqual(end.lines, ["GET /v2/x/y/manifests/1?x=1"]);
    const circle = await start(({ url }) => ({ status: 302, headers: { location: url } }));
    assert.equal(
      reason(await resolve(circle)),
      `${circle.address} sends the request on in circles`,
    );
    assert.equal(circle.asked.length, 6);
  });

  it("is not led to a server without TLS outside of the machine", async () => {
    const server = await start(() => ({
      status: 302,
      headers: { location: "http://registry.invalid/v2/" },
    }));
    assert.equal(
      reason(await resolve(server)),
      `${server.address} sends the request on to http://registry.invalid, which is not protected by TLS`,
    );
  });
});
