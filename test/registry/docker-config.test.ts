import assert from "node:assert/strict";
import { join } from "node:path";
import { RegistryError } from "../../registry";
import { dockerCredentials } from "../../registry/docker-config";
import { DockerFolder, login } from "./docker-folder";

const password = (username: string, secret: string) => ({
  kind: "password",
  username,
  password: secret,
});

describe("the login of Docker's configuration", () => {
  let docker: DockerFolder;
  beforeEach(() => {
    docker = new DockerFolder();
  });
  afterEach(() => {
    docker.end();
  });
  const refusal = async (registry: string): Promise<string> => {
    try {
      return `none: ${JSON.stringify(await dockerCredentials(registry))}`;
    } catch (error) {
      assert.ok(error instanceof RegistryError);
      return `${error.message}; ${error.fix}`.replaceAll(docker.path, "DIR");
    }
  };

  it("is none without a file, and for a registry that it does not name", async () => {
    assert.equal(await dockerCredentials("a.dev"), undefined);
    docker.config({ auths: { "b.dev": login("u", "p"), "a.dev": {} } });
    assert.equal(await dockerCredentials("a.dev"), undefined);
    assert.equal(await dockerCredentials("dev"), undefined);
    // What Docker's own reader takes for empty too.
    docker.config({ auths: null, credHelpers: null, credsStore: "" });
    assert.equal(await dockerCredentials("a.dev"), undefined);
  });

  it("is found by the registry's name, by old URLs, and whole before part", async () => {
    docker.config({
      auths: {
        "https://a.dev/v1/": login("old", "p"),
        "a.dev": login("u", "p:with:colons"),
        "http://b.dev:5000": login("b", "q\0\0"),
        "c.dev": { username: "c", password: "r" },
      },
    });
    assert.deepEqual(await dockerCredentials("a.dev"), password("u", "p:with:colons"));
    assert.deepEqual(await dockerCredentials("b.dev:5000"), password("b", "q"));
    assert.deepEqual(await dockerCredentials("c.dev"), password("c", "r"));
    assert.equal(await dockerCredentials("b.dev"), undefined);
  });

  it("is found for Docker Hub by each of its names", async () => {
    for (const key of ["https://index.docker.io/v1/", "docker.io", "index.docker.io"]) {
      docker.config({ auths: { [key]: login("u", key) } });
      assert.deepEqual(await dockerCredentials("docker.io"), password("u", key));
    }
  });

  it("may be a token", async () => {
    docker.config({
      auths: {
        "a.dev": { ...login("00000000", ""), identitytoken: "long" },
        "b.dev": { registrytoken: "short" },
      },
    });
    assert.deepEqual(await dockerCredentials("a.dev"), { kind: "identity", token: "long" });
    assert.deepEqual(await dockerCredentials("b.dev"), { kind: "registry", token: "short" });
  });

  it("comes from a registry's own helper, then from the helper for all, before the file", async () => {
    docker.helper("own", { ServerURL: "x", Username: "u", Secret: "own" });
    docker.helper("all", { ServerURL: "x", Username: "<token>", Secret: "all" });
    const auths = { "a.dev": login("u", "file") };
    docker.config({ auths, credsStore: "all", credHelpers: { "a.dev": "own" } });
    assert.deepEqual(await dockerCredentials("a.dev"), password("u", "own"));
    assert.deepEqual(await dockerCredentials("b.dev:5000"), { kind: "identity", token: "all" });
    assert.deepEqual(await dockerCredentials("docker.io"), { kind: "identity", token: "all" });
    assert.deepEqual(docker.asked("own"), ["get a.dev"]);
    assert.deepEqual(docker.asked("all"), ["get b.dev:5000", "get https://index.docker.io/v1/"]);
  });

  it("is none when the helper has none", async () => {
    docker.helper("all", "credentials not found in native keychain\n", 1);
    docker.config({ credsStore: "all" });
    assert.equal(await dockerCredentials("a.dev"), undefined);
  });

  it("says what is wrong with the file, and nothing of what it holds", async () => {
    const again = "log in again with docker login, which writes it";
    docker.config('{ "auths": { "a.dev": { "auth": "c2VjcmV0" }');
    assert.equal(
      await refusal("a.dev"),
      `${join("DIR", "config.json")} is not what Docker writes; ${again}`,
    );
    docker.config({ auths: { "a.dev": { auth: "c2VjcmV0" } } });
    assert.equal(
      await refusal("a.dev"),
      `${join("DIR", "config.json")} holds a login for a.dev that is none; ${again}`,
    );
  });

  it("says what is wrong with a helper", async () => {
    docker.config({ credHelpers: { "a.dev": "no", "b.dev": "bad", "c.dev": "odd" } });
    docker.helper("bad", "s3cret: the keychain is locked", 1);
    docker.helper("odd", "s3cret");
    const named = `which ${join("DIR", "config.json")} names,`;
    assert.equal(
      await refusal("a.dev"),
      `docker-credential-no, ${named} is not installed; put it on PATH, or log in again with docker login`,
    );
    assert.equal(
      await refusal("b.dev"),
      `docker-credential-bad, ${named} has failed; try it: echo b.dev | docker-credential-bad get`,
    );
    assert.equal(
      await refusal("c.dev"),
      `docker-credential-odd, ${named} answers what is no login; log in again with docker login`,
    );
  });
});
