import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { Pulumi } from "../../lab/pulumi";
import { project } from "../../lab/settings";
import { rules } from "../../policy/rules";
import { changed, right } from "../policy/right";
import { writeComponentPlugin } from "./policy/component-plugin";
import { RawProgram } from "./policy/raw-program";
import { late, outside } from "./policy/outside";
import { advised, besides, otherComponent, rightObjects, violations } from "./policy/violations";
import { TestLab } from "./test-lab";

const pack = ["--policy-pack", join(project, "policy")];

/** The rules that the engine says are broken, as `<level> <id> <resource>`. */
function broken(output: string): readonly string[] {
  const found = output.matchAll(/^ +- \[(\w+)\] +\[severity: \w+\] +(MCP\d+) +\(\S+ (\S+)\)$/gm);
  return [...found].map(([, level = "", id = "", name = ""]) => `${level} ${id} ${name}`);
}

describe("the policy pack under the real engine", function () {
  this.timeout(600_000);
  const lab = new TestLab({ LAB_NODE: "kwok" });
  let raw: RawProgram;

  /** The settings of a shipped environment, but its charts, which are the lab's. */
  function shipped(environment: string): Readonly<Record<string, unknown>> {
    const file = join(project, "stacks", `Pulumi.${environment}.yaml`);
    const { config } = parse(readFileSync(file, "utf8")) as {
      readonly config: Readonly<Record<string, unknown>>;
    };
    return Object.fromEntries(
      Object.entries(config)
        .map(([key, value]) => [key.replace("mcp-fleet:", ""), value] as const)
        .filter(([key]) => key !== "platform"),
    );
  }

  before(async () => {
    const { code, output } = await lab.run("lab");
    assert.equal(code, 0, output);
    raw = await RawProgram.in(lab);
  });
  after(async () => {
    await lab.remove();
  });

  it("passes the lab's stack", async () => {
    const run = await lab.pulumi(shipped("lab"));
    const { code, output } = await run("preview", ...pack);
    assert.equal(code, 0, output);
    assert.match(output, /mcp-fleet@v\d+\.\d+\.\d+ \(local: /);
    assert.deepEqual(broken(output), ["advisory MCP006 osv-server"]);
  });

  it("passes every entry of the inventory, with hosts as the engine cilium has them", async () => {
    const run = await lab.pulumi({ ...shipped("prod"), entries: {} });
    const value = ["mcp-fleet:secrets.postgresUri", "postgres://localhost"];
    const set = await run("config", "set", "--secret", "--path", ...value);
    assert.equal(set.code, 0, set.output);
    const { code, output } = await run("preview", ...pack);
    assert.equal(code, 0, output);
    assert.match(output, /MCPServer postgres-server create/);
    assert.match(output, /CiliumNetworkPolicy \S+-hosts create/);
    const found = broken(output);
    assert.deepEqual(
      found.filter((one) => !one.startsWith("advisory MCP006 ")),
      ["advisory MCP017 postgres-server"],
    );
  });

  it("passes what mcp-fleet makes when others make it, and the configuration knows them", async () => {
    const { code, output } = await raw.run("preview", rightObjects, {
      MCP001: { owners: [otherComponent] },
    });
    assert.equal(code, 0, output);
    assert.deepEqual(broken(output), []);
    assert.match(output, /mcp-fleet@v/);
  });

  it("advises of what is advisory, and refuses it when it shall", async () => {
    const objects = Object.entries(advised).map(([id, object]) => ({ name: id, ...object }));
    const ids = Object.keys(advised);
    assert.deepEqual(
      ids,
      rules.flatMap(({ id, enforcement }) => (enforcement === "advisory" ? [id] : [])),
    );
    const config = { MCP001: { owners: [otherComponent] } };
    const said = await raw.run("preview", objects, config);
    assert.equal(said.code, 0, said.output);
    assert.deepEqual(
      [...broken(said.output)].sort(),
      ids.map((id) => `advisory ${id} ${id}`),
    );
    const levels = Object.fromEntries(ids.map((id) => [id, "mandatory"]));
    const refused = await raw.run("preview", objects, { ...config, ...levels });
    assert.notEqual(refused.code, 0, refused.output);
    assert.deepEqual(
      [...broken(refused.output)].sort(),
      ids.map((id) => `mandatory ${id} ${id}`),
    );
  });

  it("refuses what is made beside the components, however it is made", async () => {
    const { code, output } = await raw.run("preview", outside);
    assert.notEqual(code, 0, output);
    assert.deepEqual(
      [...new Set(broken(output))].sort(),
      outside.flatMap((one) => one.broken).sort(),
      output,
    );
  });

  it("says what a preview cannot tell, and refuses it in the deployment", async () => {
    const preview = await raw.run("preview", late);
    assert.equal(preview.code, 0, preview.output);
    const cannot = preview.output.matchAll(/can't run policy '(\w+)' .*: (\w+ value at \S+)/g);
    assert.deepEqual(
      [...cannot].map(([, id = "", what = ""]) => `${id}: ${what}`).sort(),
      [
        "MCP007: string value at .spec.type",
        "MCP014: string value at .spec.podSelector",
        "MCP015: string value at .spec.podSelector",
      ],
      preview.output,
    );
    const [service] = late;
    assert.ok(service);
    const { code, output } = await raw.run("up", [service]);
    assert.notEqual(code, 0, output);
    assert.deepEqual(broken(output), ["mandatory MCP007 service"]);
  });

  it("refuses a violation of every mandatory rule, by tiers of the stack's own configuration", async () => {
    await raw.configure("mcp-fleet:tiers.internal.auth", "true");
    const objects = Object.entries(violations).map(([id, object]) => ({ name: id, ...object }));
    const { code, output } = await raw.run("preview", [...objects, ...besides]);
    assert.notEqual(code, 0, output);
    const mandatory = rules.filter(({ enforcement }) => enforcement === "mandatory");
    const found = broken(output);
    for (const { id } of mandatory)
      assert.ok(found.includes(`mandatory ${id} ${id}`), `${id}\n${output}`);
    assert.deepEqual(
      Object.keys(violations).sort(),
      mandatory.map(({ id }) => id),
    );
    assert.doesNotMatch(output, /hunter2|quiet word/, "no message shows a value");
  });

  it("stops a deployment before the object is made", async () => {
    const { MCP013 } = violations;
    assert.ok(MCP013);
    const { code, output } = await raw.run("up", [{ name: "MCP013", ...MCP013 }]);
    assert.notEqual(code, 0, output);
    assert.deepEqual(broken(output), ["mandatory MCP013 MCP013"]);
    const made = { apiVersion: "v1", kind: "Namespace", metadata: { name: "mcp-public" } };
    assert.equal(await lab.api().read(made), undefined);
  });

  it("fails a deployment that leaves a tier open, once all its objects are known", async () => {
    const manifest = changed(right("namespace"), { "metadata.name": "shadow" });
    const { code, output } = await raw.run("up", [{ name: "shadow", manifest }]);
    assert.notEqual(code, 0, output);
    assert.deepEqual(broken(output), ["mandatory MCP014 shadow"]);
    const made = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shadow" } };
    assert.notEqual(await lab.api().read(made), undefined, "docs/policies/MCP014.md says so");
  });

  const wrong: readonly (readonly [string, object, RegExp])[] = [
    [
      "a level that is none",
      { MCP013: { level: "strict" } },
      /MCP013: level: level must be one of the following: "privileged", "baseline", "restricted"/,
    ],
    [
      "a tier that does not fit",
      { MCP003: { tiers: { internal: { image: { digets: true } } } } },
      /MCP003: tiers: internal\.image\.digets: unknown key "digets"; did you mean "digest"\?/,
    ],
    [
      "a level at which secrets cannot be seen",
      { MCP011: "mandatory" },
      /it sees nothing at this enforcement level; configure MCP011: remediate/,
    ],
  ];
  for (const [what, config, message] of wrong)
    it(`refuses ${what} in its configuration`, async () => {
      const objects = [{ name: "server", manifest: right("server"), component: otherComponent }];
      const { code, output } = await raw.run("preview", objects, {
        MCP001: { owners: [otherComponent] },
        ...config,
      });
      assert.notEqual(code, 0, output);
      assert.match(output, message);
      assert.doesNotMatch(output, /\n +at /, "a stack trace tells a user nothing");
    });

  it("refuses tiers of the stack that do not fit", async () => {
    await raw.configure("mcp-fleet:tiers.internal.namspace", "tools");
    const { code, output } = await raw.run("preview", []);
    assert.notEqual(code, 0, output);
    assert.match(output, /internal\.namspace: unknown key "namspace"; did you mean "namespace"\?/);
  });

  it("comes with a language host that runs component plugins too", async () => {
    const parent = join(lab.folder, "plugin");
    writeComponentPlugin(parent);
    const pulumi = new Pulumi(await lab.variables(), lab.folder);
    const { code, output } = await pulumi.run(["-C", parent, "package", "get-schema", "./greeter"]);
    assert.equal(code, 0, output);
    assert.match(output, /"greeter:index:Greeting": \{\s+"description": "A greeting\."/);
  });
});
