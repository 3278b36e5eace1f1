import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { changed, inFolder, rightEntry } from "../catalog/catalogue-folder";
import { mcpFleet, project } from "./command";

const stack = `config:
  mcp-fleet:catalogue: [entries]
  mcp-fleet:network:
    apiServer: [{ cidr: 10.0.0.1/32, port: 6443 }]
`;
const folderOf = { "stacks/Pulumi.dev.yaml": stack, "entries/osv.yaml": rightEntry };
const render = ["render", "--stack", "dev", "--out", "out"] as const;

describe("mcp-fleet check", function () {
  this.timeout(20_000);

  it("is content with a catalogue that is right", () => {
    inFolder({ "inventory/osv.yaml": rightEntry }, (folder) => {
      const { code, out, err } = mcpFleet(folder, "check");
      assert.deepEqual([code, out, err], [0, "1 entry without errors\n", ""]);
    });
  });

  it("shows every error and exits with 1", () => {
    const files = { "c/a.yaml": changed("port: 8080", "port: 0"), "c/b.yaml": "" };
    inFolder(files, (folder) => {
      const { code, out } = mcpFleet(folder, "check", "c");
      assert.equal(code, 1);
      assert.deepEqual(out.trimEnd().split("\n"), [
        "c/a.yaml:11:7: port: 0 does not fit; write a whole number from 1 to 65535, outside 30000-32767, for example 8080",
        "c/b.yaml:1:1: the file is empty; write an entry, or delete the file",
        "0 entries without errors, 2 errors",
      ]);
    });
  });

  it("gives the same as JSON", () => {
    inFolder({ "c/b.yaml": "" }, (folder) => {
      const { code, out } = mcpFleet(folder, "check", "--json", "c");
      assert.equal(code, 1);
      assert.deepEqual(JSON.parse(out), {
        entries: 0,
        errors: 1,
        problems: [
          {
            file: "c/b.yaml",
            line: 1,
            column: 1,
            path: "",
            message: "the file is empty; write an entry, or delete the file",
            severity: "error",
          },
        ],
      });
    });
  });

  it("exits with 2 when it cannot run", () => {
    inFolder({}, (folder) => {
      const { code, out, err } = mcpFleet(folder, "check", "nowhere");
      assert.deepEqual([code, out, err], [2, "", "nowhere: there is no such file or folder\n"]);
      assert.equal(mcpFleet(folder, "chekc").code, 2);
      assert.equal(mcpFleet(folder, "render").code, 2);
      assert.equal(mcpFleet(folder, "--help").code, 0);
    });
  });

  it("checks for an environment too, and says what that cannot make", () => {
    const files = {
      "inventory/osv.yaml": changed("sensitivity: internal", "sensitivity: restricted"),
      "stacks/Pulumi.dev.yaml":
        "config:\n  mcp-fleet:tiers:\n    restricted: { quota: { pods: 2 } }\n",
    };
    inFolder(files, (folder) => {
      assert.equal(mcpFleet(folder, "check").code, 0);
      const { code, out } = mcpFleet(folder, "check", "--stack", "dev");
      assert.equal(code, 1);
      assert.deepEqual(out.trimEnd().split("\n"), [
        'inventory/osv.yaml:9:8: image: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2" names no digest, and tier restricted demands one: a tag can be moved; write …@sha256:…',
        "stacks/Pulumi.dev.yaml:3:34: mcp-fleet:tiers.restricted.quota.pods: 2 is less than the 3 that the tier's entries need, proxies and one more for rollouts counted; write at least 3, or take entries out",
        "1 entry without errors, 2 errors",
      ]);
    });
  });

  // The lab has its charts from a tool that is built later.
  for (const stack of ["dev", "staging", "prod"])
    it(`finds the shipped inventory right for ${stack}`, () => {
      assert.equal(mcpFleet(project, "check", "--stack", stack).code, 0);
    });
});

describe("mcp-fleet render", function () {
  this.timeout(20_000);

  it("writes one file of each tier and each entry, and touches nothing that is as it was", () => {
    inFolder(folderOf, (folder) => {
      const first = mcpFleet(folder, ...render);
      assert.deepEqual(
        [first.code, first.out],
        [0, "5 files in out: 5 written, 0 as they were, 0 removed\n"],
      );
      assert.deepEqual(readdirSync("out/tiers").sort(), [
        "confidential.yaml",
        "internal.yaml",
        "public.yaml",
        "restricted.yaml",
      ]);
      const before = statSync("out/servers/osv.yaml").mtimeMs;
      const again = mcpFleet(folder, ...render);
      assert.equal(again.out, "5 files in out: 0 written, 5 as they were, 0 removed\n");
      assert.equal(statSync("out/servers/osv.yaml").mtimeMs, before);
    });
  });

  it("removes what it rendered earlier and renders no more, and nothing else", () => {
    inFolder(folderOf, (folder) => {
      mcpFleet(folder, ...render);
      writeFileSync("out/servers/mine.yaml", "kind: ConfigMap\n");
      writeFileSync("entries/osv.yaml", changed("name: osv", "name: other"));
      const { out } = mcpFleet(folder, ...render);
      assert.equal(out, "5 files in out: 1 written, 4 as they were, 1 removed\n");
      assert.deepEqual(readdirSync("out/servers").sort(), ["mine.yaml", "other.yaml"]);
    });
  });

  it("renders the files that are named instead of the environment's catalogue", () => {
    inFolder({ ...folderOf, "x.yaml": changed("name: osv", "name: x") }, (folder) => {
      assert.equal(mcpFleet(folder, ...render, "x.yaml").code, 0);
      assert.deepEqual(readdirSync("out/servers"), ["x.yaml"]);
    });
  });

  it("writes nothing when anything is wrong", () => {
    inFolder({ ...folderOf, "entries/b.yaml": "kind: Server\n" }, (folder) => {
      const { code, out } = mcpFleet(folder, ...render);
      assert.equal(code, 1);
      assert.match(out, /^entries\/b\.yaml:1:1: name: is missing/m);
      assert.equal(existsSync("out"), false);
    });
  });

  it("refuses what the environment cannot make, and says what it opens wider", () => {
    const host = changed("port: 8080", "port: 8080\negress: [{ host: a.dev, port: 443 }]");
    const files = {
      ...folderOf,
      "entries/a.yaml": host.replace("name: osv", "name: a"),
      "entries/b.yaml": host
        .replace("name: osv", "name: b")
        .replace("sensitivity: internal", "sensitivity: restricted"),
      "entries/c.yaml": changed("port: 8080", "port: 8080\negress: internet")
        .replace("name: osv", "name: c")
        .replace("sensitivity: internal", "sensitivity: confidential"),
    };
    inFolder(files, (folder) => {
      const { code, out } = mcpFleet(folder, ...render);
      assert.equal(code, 1);
      const untagged = (file: string, tier: string): string =>
        `entries/${file}:9:8: image: "ghcr.io/stackloklabs/osv-mcp/server:0.1.2" names no digest, and tier ${tier} demands one: a tag can be moved; write …@sha256:…`;
      assert.deepEqual(out.trimEnd().split("\n"), [
        untagged("b.yaml", "restricted"),
        'entries/b.yaml:12:18: egress[0].host: "a.dev" cannot be had here: network engine kubernetes knows no host names, and tier restricted does not allow open egress; take an engine that does, or write cidr',
        untagged("c.yaml", "confidential"),
        'entries/c.yaml:12:9: egress: "internet" cannot be had here: tier confidential does not allow open egress; list the destinations',
      ]);
      const named = mcpFleet(folder, ...render, "entries/a.yaml");
      assert.equal(named.code, 0);
      assert.equal(
        named.err,
        'entries/a.yaml:12:18: note: egress[0].host: "a.dev" is opened as every public address on port 443, because network engine kubernetes knows no host names; take an engine that does, or write cidr\n',
      );
    });
  });

  it("says that it needs the API server's address, because it has no cluster to ask", () => {
    inFolder({ ...folderOf, "stacks/Pulumi.dev.yaml": "config: {}\n" }, (folder) => {
      const { code, out } = mcpFleet(folder, ...render);
      assert.equal(code, 1);
      assert.equal(
        out,
        "stacks/Pulumi.dev.yaml: mcp-fleet:network.apiServer: is missing, and there is no cluster to ask; write where the API server answers, for example [{ cidr: 10.0.0.1/32, port: 6443 }]\n",
      );
    });
  });

  it("renders 100 entries in under 2 s, and in less than 5 times what one takes", () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [
        `entries/${i}.yaml`,
        changed("name: osv", `name: osv-${i}`),
      ]),
    );
    const one = inFolder(folderOf, (folder) => mcpFleet(folder, ...render).seconds);
    inFolder({ "stacks/Pulumi.dev.yaml": stack, ...many }, (folder) => {
      const { code, seconds } = mcpFleet(folder, ...render);
      assert.equal(code, 0);
      assert.ok(seconds < Math.max(2, one * 5), `${seconds} s for 100, ${one} s for 1`);
    });
  });
});

interface KindSchema {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, { readonly description?: string }>>;
}

describe("mcp-fleet schema", function () {
  this.timeout(20_000);

  it("prints a JSON Schema that knows every field and tells about it", () => {
    const { code, out } = mcpFleet(project, "schema");
    assert.equal(code, 0);
    const { anyOf } = JSON.parse(out) as { readonly anyOf: readonly KindSchema[] };
    const shared = "category costClass description kind name owner sensitivity title transport";
    const own = [
      [...shared.split(" "), "image", "resources"],
      [...shared.split(" "), "url"],
    ];
    assert.deepEqual(
      anyOf.map(({ required }) => [...required].sort()),
      own.map((names) => names.sort()),
    );
    for (const { properties } of anyOf)
      for (const [name, field] of Object.entries(properties))
        assert.ok(field.description, `${name} has no description`);
  });
});
