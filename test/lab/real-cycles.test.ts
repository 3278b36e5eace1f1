import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connection } from "../../lab/node/pods";
import { machineLink } from "../../lab/node/link";
import { project } from "../../lab/settings";
import { agent, byTag, servers, stranger, url } from "./real-fleet";
import { RealLab } from "./real-lab";

const cycles = Number(process.env.LAB_CYCLES ?? 2);
const gigabyte = 1e9;

describe("labs with real nodes", function () {
  this.timeout(600_000 + cycles * 180_000);
  const labs = [new RealLab(), new RealLab()] as const;
  const [one, two] = labs;

  before(function () {
    one.orSkip(this);
  });
  after(async () => {
    for (const lab of labs) await lab.remove();
  });

  it("run beside each other and do not meet", async () => {
    const ups = await Promise.all(labs.map(async (lab) => await lab.run("up")));
    for (const { code, output } of ups) {
      assert.equal(code, 0, output);
      assert.match(output, /^osv +internal +Ready/m);
    }
    for (const lab of labs) await lab.startClients([...stranger, "app=agent"]);
    const links = labs.map((lab) => machineLink(lab.folder));
    assert.notEqual(links[0]?.lab, links[1]?.lab);
    for (const [lab, other] of [
      [one, links[1]],
      [two, links[0]],
    ] as const) {
      const pid = lab.pid(await lab.pod(stranger));
      assert.equal(await connection(pid, "10.97.0.1", 6443), "open", "its own API server");
      for (const address of [other?.lab, other?.machine])
        assert.notEqual(await connection(pid, address ?? "", 6443), "open");
    }
  });

  it("leave each other alone when one goes", async () => {
    const { code, output } = await two.run("down");
    assert.equal(code, 0, output);
    assert.deepEqual(two.left(), []);
    assert.match((await one.run("up")).output, /^osv +internal +Ready/m);
  });

  it("come back when all of their processes were killed, as by a crash of the machine", async () => {
    one.crashAll();
    const { code, output } = await one.run("up");
    assert.equal(code, 0, output);
    assert.match(output, /^osv +internal +Ready/m);
    await one.eventually("a client runs again", 60, async () => {
      const pid = one.pid(await one.pod(stranger));
      return (await connection(pid, "10.97.0.1", 6443)) === "open";
    });
  });

  it("take less than 4 GB with ten servers", async () => {
    const folder = join(one.folder, "ten");
    cpSync(join(project, "test", "lab", "catalogue"), folder, { recursive: true });
    const thinking = readFileSync(join(folder, "thinking.yaml"), "utf8");
    mkdirSync(folder, { recursive: true });
    for (const n of [2, 3, 4, 5])
      writeFileSync(join(folder, `t${n}.yaml`), thinking.replace("thinking", `thinking-${n}`));
    const pulumi = await one.pulumi({
      catalogue: ["inventory/servers/osv.yaml", folder],
      tiers: byTag,
    });
    const up = await pulumi("up", "--yes");
    assert.equal(up.code, 0, up.output);
    await one.eventually("ten servers Ready", 180, async () => {
      const { output } = await one.kubectl("get", "mcpservers", "-A", "--no-headers");
      return (
        output
          .trim()
          .split("\n")
          .filter((line) => line.includes(" Ready ")).length === 10
      );
    });
    await one.startClients([...agent, "app=agent"]);
    for (const [namespace, entry] of servers)
      await one.eventually(entry, 60, async () => {
        return (await one.client(agent, "list", url(namespace, entry))).code === 0;
      });
    const bytes = one.memory();
    console.log(`      ${(bytes / gigabyte).toFixed(2)} GB in all processes of the lab`);
    assert.ok(bytes > 0.2 * gigabyte && bytes < 4 * gigabyte, String(bytes));
    const down = await one.run("down");
    assert.equal(down.code, 0, down.output);
    assert.deepEqual(one.left(), []);
  });

  it(`leave nothing behind after ${cycles} cycles of up and down`, async () => {
    for (let i = 0; i < cycles; i++) {
      const up = await one.run("up");
      assert.equal(up.code, 0, up.output);
      const down = await one.run("down");
      assert.equal(down.code, 0, down.output);
      assert.deepEqual(one.left(), [], `cycle ${i + 1}`);
    }
  });
});
