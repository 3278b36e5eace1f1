import assert from "node:assert/strict";
import { parseImage } from "../../catalog";
import { manifestUrl } from "../../registry/origin";

describe("where a registry's API is", () => {
  const asked: Readonly<Record<string, string>> = {
    nginx: "https://registry-1.docker.io/v2/library/nginx/manifests/latest",
    "org/name:1": "https://registry-1.docker.io/v2/org/name/manifests/1",
    "docker.io/nginx": "https://registry-1.docker.io/v2/library/nginx/manifests/latest",
    "index.docker.io/nginx": "https://registry-1.docker.io/v2/library/nginx/manifests/latest",
    "index.docker.io/org/name": "https://registry-1.docker.io/v2/org/name/manifests/latest",
    "ghcr.io/name:v1": "https://ghcr.io/v2/name/manifests/v1",
    "a.dev:5000/x/y:1": "https://a.dev:5000/v2/x/y/manifests/1",
    "10.0.0.1:80/x": "https://10.0.0.1:80/v2/x/manifests/latest",
    "localhost/x": "http://localhost/v2/x/manifests/latest",
    "localhost:443/x": "http://localhost:443/v2/x/manifests/latest",
    "127.0.0.1:5000/x": "http://127.0.0.1:5000/v2/x/manifests/latest",
    "localhost.a.dev/x": "https://localhost.a.dev/v2/x/manifests/latest",
    "127.0.0.1.a.dev/x": "https://127.0.0.1.a.dev/v2/x/manifests/latest",
  };
  for (const [text, url] of Object.entries(asked))
    it(`is ${url} for ${text}`, () => {
      const image = parseImage(text);
      assert.ok(image);
      assert.equal(manifestUrl(image).href, url);
    });
});
