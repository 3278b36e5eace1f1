import assert from "node:assert/strict";
import { parseImage } from "../../catalog/image";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("parseImage", () => {
  const table = [
    ["postgres", { registry: "docker.io", repository: "library/postgres" }],
    ["mcp/fetch", { registry: "docker.io", repository: "mcp/fetch" }],
    ["ghcr.io/a/b:1.2", { registry: "ghcr.io", repository: "a/b", tag: "1.2" }],
    [`ghcr.io/a/b@${digest}`, { registry: "ghcr.io", repository: "a/b", digest }],
    [`ghcr.io/a/b:1@${digest}`, { registry: "ghcr.io", repository: "a/b", tag: "1", digest }],
    ["localhost/a", { registry: "localhost", repository: "a" }],
    ["localhost:5000/a:x", { registry: "localhost:5000", repository: "a", tag: "x" }],
    ["r.example:443/a", { registry: "r.example:443", repository: "a" }],
    ["ghcr.io/a//b", undefined],
    ["ghcr.io/A/b", undefined],
    ["ghcr.io/", undefined],
    ["ghcr.io/a:b:c", undefined],
    [`ghcr.io/a@sha512:${"0".repeat(128)}`, undefined],
    [`ghcr.io/a@${digest.toUpperCase()}`, undefined],
    ["-x", undefined],
    ["a/../b", undefined],
    [`a/${"b".repeat(260)}`, undefined],
  ] as const;
  for (const [text, expected] of table)
    it(`${expected ? "reads" : "refuses"} ${text.slice(0, 60)}`, () => {
      assert.deepEqual(parseImage(text), expected);
    });
});
