import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadCatalogue, settingsFromConfig } from "../../catalog";
import type { Settings } from "../../catalog";
import { renderFiles } from "../../manifests";

const fixtures = join(__dirname, "catalogue");
const goldens = join(__dirname, "golden");
const apiServer = [
  { cidr: "10.0.0.1/32", port: 6443 },
  { cidr: "2001:db8::1/128", port: 6443 },
];

function settings(values: Readonly<Record<string, unknown>> = {}): Settings {
  return settingsFromConfig(values, __dirname, "test");
}

function render(values?: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const environment = settings(values);
  const entries = loadCatalogue([fixtures], environment, () => undefined);
  return renderFiles(entries, environment, apiServer);
}

describe("renderFiles", () => {
  const values = {
    network: {
      dns: { addresses: ["169.254.20.10/32"] },
      exclude: ["34.118.224.0/20", "2600:2d00::/32"],
    },
    tiers: { confidential: { namespace: "secret-tools", podSecurity: "baseline" } },
  };
  const files = render(values);

  // UPDATE_GOLDEN=1 writes what is rendered now; the difference is then reviewed as any other.
  for (const [path, text] of files)
    it(`renders ${path} as reviewed`, () => {
      const golden = join(goldens, path);
      if (process.env.UPDATE_GOLDEN === "1") {
        mkdirSync(dirname(golden), { recursive: true });
        writeFileSync(golden, text);
      }
      assert.ok(existsSync(golden), `${golden} is missing; run with UPDATE_GOLDEN=1 and review it`);
      assert.equal(text, readFileSync(golden, "utf8"));
    });

  it("renders the same text every time", () => {
    assert.deepEqual([...render(values)], [...files]);
  });

  it("makes one file of each tier and each entry", () => {
    assert.deepEqual([...files.keys()].sort(), [
      "servers/everything.yaml",
      "servers/osv.yaml",
      "servers/quiet.yaml",
      "tiers/confidential.yaml",
      "tiers/internal.yaml",
      "tiers/public.yaml",
      "tiers/restricted.yaml",
    ]);
  });
});
