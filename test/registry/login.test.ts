import assert from "node:assert/strict";
import { parseImage } from "../../catalog";
import { RegistryClient, RegistryError } from "../../registry";
import { DockerFolder, login } from "./docker-folder";
import { HttpServer } from "./http-server";
import type { Asked, Reply } from "./http-server";
import { served, singleManifest, types } from "./images";

const manifest = singleManifest(types.ociManifest, "a");
const good = `Basic ${login("u", "p").auth}`;

describe("a login at a registry", () => {
  let docker: DockerFolder;
  const servers: HttpServer[] = [];
  beforeEach(() => {
    docker = new DockerFolder();
  });
  afterEach(async () => {
    docker.end();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  const start = async (answer: (asked: Asked) => Reply): Promise<HttpServer> => {
    const server = await HttpServer.start(answer);
    servers.push(server);
    return server;
  };
  /** A registry that wants a token of a server, and takes that token alone. */
  const tokenRegistry = async (realm: string, scope = "repository:x/y:pull"): Promise<HttpServer> =>
    await start(({ headers }) =>
      headers.authorization === "Bearer t0ken"
        ? served(manifest)
        : {
            status: 401,
            headers: {
              "www-authenticate": `Bearer realm="${realm}",service="reg",scope="${scope}"`,
            },
          },
    );
  const tokens = { body: '{"token":"t0ken","expires_in":60}' };
  /** Resolves images with one client; gives each digest, or why there is none. */
  const resolve = async (...images: readonly string[]): Promise<readonly string[]> => {
    const client = await RegistryClient.open({ timeoutMs: 2000, retryMs: 5 });
    try {
      return await Promise.all(
        images.map(async (text) => {
          const image = parseImage(text);
          assert.ok(image);
          try {
            return (await client.resolve(image)).digest;
          } catch (error) {
            assert.ok(error instanceof RegistryError);
            return `${error.message}; ${error.fix}`;
          }
        }),
      );
    } finally {
      await client.close();
    }
  };
  const question = "/token?service=reg&scope=repository%3Ax%2Fy%3Apull";

  it("gets a token with a password, and shows the registry the token alone", async () => {
    const issuer = await start(({ headers }) =>
      headers.authorization === good ? tokens : { status: 401 },
    );
    const registry = await tokenRegistry(`http://${issuer.address}/token`);
    docker.config({ auths: { [registry.address]: login("u", "p") } });
    assert.deepEqual(await resolve(`${registry.address}/x/y:1`), [manifest.digest]);
    assert.deepEqual(issuer.lines, [`GET ${question}`]);
    assert.deepEqual(
      registry.asked.map(({ headers }) => headers.authorization),
      [undefined, "Bearer t0ken"],
    );
  });

  it("gets a token without a login where there is none", async () => {
    const issuer = await start(() => ({ body: '{"access_token":"t0ken"}' }));
    const registry = await tokenRegistry(`http://${issuer.address}/token`);
    assert.deepEqual(await resolve(`${registry.address}/x/y:1`), [manifest.digest]);
    assert.equal(issuer.asked[0]?.headers.authorization, undefined);
  });

  it("asks for no more than reading, whatever a registry wants", async () => {
    const issuer = await start(() => tokens);
    const realm = `http://${issuer.address}/token`;
    for (const scope of [
      "repository:x/y:pull,push registry:catalog:*",
      "repository:x/y:push repository:x/y:pull",
      "",
    ]) {
      const registry = await tokenRegistry(realm, scope);
      assert.deepEqual(await resolve(`${registry.address}/x/y:1`), [manifest.digest]);
    }
    const other = await tokenRegistry(realm, "repository:upstream/y:pull");
    assert.deepEqual(await resolve(`${other.address}/x/y:1`), [manifest.digest]);
    const upstream = question.replace("x%2Fy", "upstream%2Fy");
    assert.deepEqual(
      issuer.lines,
      [question, question, question, upstream].map((url) => `GET ${url}`),
    );
  });

  it("gets a token for a lasting one", async () => {
    const issuer = await start(() => ({ body: '{"access_token":"t0ken"}' }));
    const registry = await tokenRegistry(`http://${issuer.address}/token`);
    docker.config({ auths: { [registry.address]: { identitytoken: "long" } } });
    assert.deepEqual(await resolve(`${registry.address}/x/y:1`), [manifest.digest]);
    assert.deepEqual(
      issuer.asked.map(({ method, url, body }) => [method, url, body]),
      [
        [
          "POST",
          "/token",
          "service=reg&scope=repository%3Ax%2Fy%3Apull&grant_type=refresh_token&client_id=mcp-fleet&refresh_token=long",
        ],
      ],
    );
  });

  it("shows a token for the registry itself without asking anyone", async () => {
    const registry = await tokenRegistry("http://127.0.0.1:1/token");
    docker.config({ auths: { [registry.address]: { registrytoken: "t0ken" } } });
    assert.deepEqual(await resolve(`${registry.address}/x/y:1`), [manifest.digest]);
  });

  it("shows a password where the registry wants it, asking a helper once", async () => {
    const registry = await start(({ headers }) =>
      headers.authorization === good
        ? served(manifest)
        : { status: 401, headers: { "www-authenticate": 'Basic realm="r"' } },
    );
    docker.config({ credHelpers: { [registry.address]: "pin" } });
    docker.helper("pin", { Username: "u", Secret: "p" });
    const images = ["x/y:1", "x/y:2", "z:1"].map((name) => `${registry.address}/${name}`);
    assert.deepEqual(
      await resolve(...images),
      images.map(() => manifest.digest),
    );
    assert.deepEqual(docker.asked("pin"), [`get ${registry.address}`]);
  });

  it("says that there is none, or that it is not taken", async () => {
    const issuer = await start(() => ({ status: 401 }));
    const asksToken = await tokenRegistry(`http://${issuer.address}/token`);
    const asksPassword = await start(() => ({
      status: 401,
      headers: { "www-authenticate": 'Basic realm="r"' },
    }));
    for (const { address } of [asksToken, asksPassword]) {
      docker.config({});
      assert.deepEqual(await resolve(`${address}/x/y:1`), [
        `${address} lets nobody without a login read x/y, or has none of that name; check its name, or log in: docker login ${address}`,
      ]);
      docker.config({ auths: { [address]: login("u", "wrong") } });
      assert.deepEqual(await resolve(`${address}/x/y:1`), [
        `${address} does not let the login that Docker has for it read x/y; ask for the right to read it, check its name, or log in anew: docker login ${address}`,
      ]);
    }
  });

  it("says when no token is given", async () => {
    for (const [reply, status] of [
      [{ body: "<html>" }, 200],
      [{ body: '{"token":"a\\r\\nb: c"}' }, 200],
      [{ status: 503 }, 503],
    ] as const) {
      const issuer = await start(() => reply);
      const { address } = await tokenRegistry(`http://${issuer.address}/token`);
      assert.deepEqual(await resolve(`${address}/x/y:1`), [
        `${issuer.address}, which gives the tokens of ${address}, answers ${status} without one; try again later, or tell the registry's operator`,
      ]);
    }
  });

  it("goes to no other server that the registry sends to", async () => {
    const other = await start(() => served(manifest));
    const registry = await start(({ headers, url }): Reply =>
      headers.authorization === undefined
        ? { status: 401, headers: { "www-authenticate": 'Basic realm="r"' } }
        : { status: 307, headers: { location: `http://${other.address}${url}` } },
    );
    docker.config({ auths: { [registry.address]: login("u", "p") } });
    assert.deepEqual(await resolve(`${registry.address}/x/y:1`), [manifest.digest]);
    assert.equal(registry.asked[1]?.headers.authorization, good);
    assert.deepEqual(
      other.asked.map(({ headers }) => headers.authorization),
      [undefined],
    );
  });

  it("is not had by another server that asks for it in the registry's place", async () => {
    const thief = await start(() => ({
      status: 401,
      headers: { "www-authenticate": 'Basic realm="r"' },
    }));
    const registry = await start(({ url }) => ({
      status: 307,
      headers: { location: `http://${thief.address}${url}` },
    }));
    const { address } = registry;
    docker.config({ auths: { [address]: login("u", "p"), [thief.address]: login("v", "q") } });
    assert.deepEqual(await resolve(`${address}/x/y:1`), [
      `${address} sends the request on to ${thief.address}, which wants a login of its own; write the image's name at that registry`,
    ]);
    for (const { headers } of [...registry.asked, ...thief.asked])
      assert.equal(headers.authorization, undefined);
  });

  it("is nobody's, where another server gives anybody a token in the registry's place", async () => {
    const issuer = await start(({ headers }) =>
      headers.authorization === undefined ? tokens : { status: 400 },
    );
    const other = await tokenRegistry(`http://${issuer.address}/token`);
    const registry = await start(({ url }) => ({
      status: 307,
      headers: { location: `http://${other.address}${url}` },
    }));
    const { address } = registry;
    docker.config({ auths: { [address]: login("u", "p"), [other.address]: login("v", "q") } });
    assert.deepEqual(await resolve(`${address}/x/y:1`), [manifest.digest]);
    assert.deepEqual(issuer.lines, [`GET ${question}`]);
    for (const { headers } of registry.asked) assert.equal(headers.authorization, undefined);
    const closed = await start(() => ({ status: 401 }));
    const shut = await tokenRegistry(`http://${closed.address}/token`);
    const leads = await start(({ url }) => ({
      status: 307,
      headers: { location: `http://${shut.address}${url}` },
    }));
    assert.deepEqual(await resolve(`${leads.address}/x/y:1`), [
      `${leads.address} sends the request on to ${shut.address}, which wants a login of its own; write the image's name at that registry`,
    ]);
  });

  it("is not sent to a server of tokens without TLS outside of the machine", async () => {
    const { address } = await tokenRegistry("http://registry.invalid/token");
    docker.config({ auths: { [address]: login("u", "p") } });
    assert.deepEqual(await resolve(`${address}/x/y:1`), [
      `${address} wants a login to be sent to http://registry.invalid, which is not protected by TLS; take another registry, or tell its operator`,
    ]);
  });
});
