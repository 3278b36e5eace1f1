import assert from "node:assert/strict";
import { join } from "node:path";
import { toolhiveVersion } from "../../catalog";
import { HttpServer } from "../registry/http-server";
import type { Reply, ServerKeys } from "../registry/http-server";
import { indexOf, served, singleManifest, types } from "../registry/images";
import { TestProxy, certificateFor } from "../registry/internet";
import { PinFolder, entryOf } from "./pin-folder";

const single = singleManifest(types.dockerManifest, "a");
const index = indexOf(types.dockerList, [single]);
const bearer = (realm: string): Reply => ({
  status: 401,
  headers: { "www-authenticate": `Bearer realm="${realm}",service="s"` },
});

describe("mcp-fleet pin, outside of the machine,", function () {
  this.timeout(60_000);
  let folder: PinFolder;
  let keys: ServerKeys;
  let server: HttpServer;
  let proxy: TestProxy;
  let env: Readonly<Record<string, string>>;
  const names = ["ghcr.io", "registry-1.docker.io", "auth.docker.io"];

  before(async () => {
    keys = await certificateFor(names);
  });
  /** Lets one server answer in the place of all these names, found through a proxy alone. */
  const serve = async (answer: (host: string, url: string, token?: string) => Reply) => {
    server = await HttpServer.start(
      ({ url, headers }) => answer(headers.host ?? "", url, headers.authorization),
      keys,
    );
    proxy = await TestProxy.start(
      Object.fromEntries(names.map((name) => [`${name}:443`, server.port])),
    );
    folder.write({ "authority.pem": keys.cert });
    env = {
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: join(folder.path, "authority.pem"),
      // Variables of whoever runs the tests count no more.
      https_proxy: proxy.url,
      NO_PROXY: "",
      no_proxy: "",
    };
  };
  beforeEach(() => {
    folder = new PinFolder();
  });
  afterEach(async () => {
    folder.remove();
    await proxy.close();
    await server.close();
  });

  it("knows where Docker Hub is, and pins the chart's own images into the stack", async () => {
    await serve((host, url, token) => {
      if (host === "auth.docker.io")
        return url === "/token?service=s&scope=repository%3Alibrary%2Fx%3Apull"
          ? { body: '{"token":"t"}' }
          : { status: 400 };
      if (host === "registry-1.docker.io")
        return token === "Bearer t" && url === "/v2/library/x/manifests/1"
          ? served(single)
          : bearer("https://auth.docker.io/token");
      const found = /^\/v2\/stacklok\/toolhive\/\w+\/manifests\/v(.*)$/.exec(url)?.[1];
      return found === toolhiveVersion ? served(index) : { status: 404 };
    });
    const stack =
      "config:\n  mcp-fleet:platform:\n    # try\n    crds: { keep: false } # x\n# end\n";
    folder.write({ "inventory/x.yaml": entryOf("x", "x:1"), "stacks/Pulumi.dev.yaml": stack });
    const { code, out } = await folder.pinWith(env, "--stack", "dev");
    const own = (name: string): string => `ghcr.io/stacklok/toolhive/${name}:v${toolhiveVersion}`;
    const line = (name: string): string =>
      `stacks/Pulumi.dev.yaml:4:5: note: mcp-fleet:platform.images.${name}: is not there, and the chart's own ${own(name)} is pinned to ${index.digest}`;
    assert.deepEqual(
      [code, out.split("\n")],
      [
        0,
        [
          `inventory/x.yaml:9:8: note: image: x:1 is pinned to ${single.digest}`,
          line("operator"),
          line("proxyrunner"),
          line("vmcp"),
          "4 images pinned, 0 as they were",
          "",
        ],
      ],
    );
    assert.equal(folder.read("inventory/x.yaml"), entryOf("x", `x:1@${single.digest}`));
    const images = ["operator", "proxyrunner", "vmcp"].map(
      (name) => `      ${name}: ${own(name)}@${index.digest}\n`,
    );
    assert.equal(
      folder.read("stacks/Pulumi.dev.yaml"),
      stack.replace("# end\n", `    images:\n${images.join("")}# end\n`),
    );
    assert.deepEqual([...new Set(proxy.asked)].sort(), names.map((name) => `${name}:443`).sort());
  });

  const refusals: Readonly<Record<string, readonly [Reply, string]>> = {
    "is not led from TLS to this machine without it": [
      { status: 302, headers: { location: "http://127.0.0.1:1/v2/" } },
      "ghcr.io sends the request on to http://127.0.0.1:1, which is not protected by TLS; take another registry, or tell its operator",
    ],
    "sends no login from TLS to this machine without it": [
      bearer("http://127.0.0.1:1/token"),
      "ghcr.io wants a login to be sent to http://127.0.0.1:1, which is not protected by TLS; take another registry, or tell its operator",
    ],
  };
  for (const [name, [reply, reason]] of Object.entries(refusals))
    it(name, async () => {
      await serve(() => reply);
      folder.write({ "inventory/x.yaml": entryOf("x", "ghcr.io/x:1") });
      const { code, out } = await folder.pinWith(env);
      assert.deepEqual(
        [code, out.split("\n")[0]],
        [1, `inventory/x.yaml:9:8: image: ghcr.io/x:1 cannot be resolved: ${reason}`],
      );
    });

  it("trusts no certificate of an authority that it does not know", async () => {
    await serve(() => served(single));
    folder.write({ "inventory/x.yaml": entryOf("x", "ghcr.io/x:1") });
    const { code, out } = await folder.pinWith({ ...env, NODE_EXTRA_CA_CERTS: "" });
    assert.equal(code, 2);
    assert.match(
      out,
      /the certificate of ghcr\.io is not to be trusted \(\w+\); if it is from an authority of your own, set NODE_EXTRA_CA_CERTS to its certificate/,
    );
    assert.deepEqual(server.asked, []);
  });

  it("says when the proxy does not lead anywhere", async () => {
    await serve(() => served(single));
    folder.write({ "inventory/x.yaml": entryOf("x", "quay.io/x:1") });
    const { code, out } = await folder.pinWith(env);
    assert.equal(code, 2);
    assert.match(
      out,
      /: the proxy does not lead to quay\.io: .*403.*; check HTTPS_PROXY and NO_PROXY\n/,
    );
    assert.deepEqual(proxy.asked, ["quay.io:443"]);
  });

  it("says when the proxy itself is not there", async () => {
    await serve(() => served(single));
    folder.write({ "inventory/x.yaml": entryOf("x", "ghcr.io/x:1") });
    const { url } = proxy;
    await proxy.close();
    const gone = await folder.pinWith(env);
    const unknown = await folder.pinWith({ ...env, https_proxy: "http://proxy.invalid:3128" });
    const line = (what: string): string =>
      `inventory/x.yaml:9:8: image: ghcr.io/x:1 cannot be resolved: ${what}`;
    assert.deepEqual(
      [gone.code, gone.out.split("\n")[0], unknown.code, unknown.out.split("\n")[0]],
      [
        2,
        line(
          `the proxy at ${url.slice(7)} cannot be reached (ECONNREFUSED); check HTTPS_PROXY and NO_PROXY`,
        ),
        2,
        line(
          "the name of the proxy, proxy.invalid, cannot be looked up; check HTTPS_PROXY and NO_PROXY",
        ),
      ],
    );
    proxy = await TestProxy.start({});
  });
});
