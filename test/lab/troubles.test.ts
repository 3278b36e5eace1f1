import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePorts } from "../../lab/run/ports";
import { labSettings } from "../../lab/settings";
import { TestLab } from "./test-lab";

const cache = join(labSettings().cache, "tools");
const part = "pulumi-language-nodejs";

/** A cache that has all tools of the real one, but a part that has been half built. */
function halfBuiltCache(): string {
  const folder = mkdtempSync(join(tmpdir(), "mcp-fleet-cache-"));
  const tools = join(folder, "tools");
  mkdirSync(tools);
  for (const name of readdirSync(cache).filter((n) => !n.endsWith(".log")))
    if (name.startsWith(`${part}-`)) {
      cpSync(join(cache, name), join(tools, name), { recursive: true });
      truncateSync(join(tools, name, part), 1000);
    } else symlinkSync(join(cache, name), join(tools, name));
  return folder;
}

describe("troubles of make up", function () {
  this.timeout(600_000);
  const labs: TestLab[] = [];
  const folders: string[] = [];
  const newLab = (env: Readonly<Record<string, string>> = {}): TestLab => {
    const lab = new TestLab({ LAB_NODE: "kwok", ...env });
    labs.push(lab);
    return lab;
  };
  afterEach(async () => {
    for (const lab of labs.splice(0)) await lab.remove();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it("says that Go is missing, and what it is missing for", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mcp-fleet-cache-"));
    folders.push(folder);
    const lab = newLab({ PATH: dirname(process.execPath), MCP_FLEET_CACHE: folder });
    const { code, output } = await lab.run("up");
    assert.equal(code, 1);
    assert.match(output, /Go is not on PATH, and tools must be built\./);
    assert.match(output, /To build: kubernetes \(not built yet\), .*toolhive/);
    assert.match(
      output,
      /Install Go 1\.26 or newer \(https:\/\/go\.dev\/dl\) and put it on PATH\./,
    );
    assert.deepEqual(lab.leftProcesses(), []);
  });

  it("says which port is taken, and what to do", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { readonly port: number };
    const lab = newLab({ LAB_PORT: String(port) });
    const { code, output } = await lab.run("up");
    server.close();
    assert.equal(code, 1);
    assert.ok(
      output.includes(
        `Port ${port}, which the API server should listen on, is taken by another process.\nEnd that process, choose another port with LAB_PORT, or leave LAB_PORT unset for a free one.`,
      ),
      output,
    );
    assert.deepEqual(lab.leftProcesses(), []);
  });

  it("builds again what is half built in the cache", async () => {
    const folder = halfBuiltCache();
    folders.push(folder);
    const lab = newLab({ MCP_FLEET_CACHE: folder });
    const { code, output } = await lab.run("lab");
    assert.equal(code, 0, output);
    assert.match(
      output,
      /pulumi-language-nodejs in the cache is half built \(.* is damaged\): again/,
    );
    assert.match(output, /✓ pulumi-language-nodejs built/);
  });

  it("says that the cache is half built where it cannot build", async () => {
    const folder = halfBuiltCache();
    folders.push(folder);
    const lab = newLab({ PATH: dirname(process.execPath), MCP_FLEET_CACHE: folder });
    const { code, output } = await lab.run("up");
    assert.equal(code, 1);
    assert.match(output, /To build: pulumi-language-nodejs \(pulumi-language-nodejs is damaged\)/);
  });

  it("refuses settings that do not exist, and a cluster that is not there", async () => {
    const cases = [
      [{ LAB_TOOLS: "yes" }, "LAB_TOOLS=yes is not known\nSet LAB_TOOLS=path, or leave it unset."],
      [
        { LAB_NODE: "fake" },
        "LAB_NODE=fake is not known\nSet LAB_NODE=real or LAB_NODE=kwok, or leave it unset for a real one where it can run.",
      ],
      [
        { LAB_NODE: "real", LAB_PORT: "6443" },
        "A real node cannot run here: LAB_PORT is set, and its API server has a network of its own.\nMend that, or set LAB_NODE=kwok.",
      ],
      [{ LAB_PORT: "x" }, "LAB_PORT=x is not a port\nSet a number from 1 to 65535."],
      [
        { LAB_CLUSTER: "kubeconfig", KUBECONFIG: "/nowhere" },
        "LAB_CLUSTER=kubeconfig, but there is no file /nowhere.",
      ],
    ] as const;
    for (const [env, expected] of cases) {
      const { code, output } = await newLab(env).run("up");
      assert.equal(code, 1);
      assert.ok(output.includes(expected), output);
    }
  });

  it("says why the node is simulated, and keeps the kind that a lab has", async () => {
    const lab = newLab({ LAB_NODE: "", LAB_PORT: String((await freePorts(1))[0]) });
    const { code, output } = await lab.run("lab");
    assert.equal(code, 0, output);
    assert.match(
      output,
      /node: simulated by kwok, nothing runs in pods \(a real one cannot run: LAB_PORT is set/,
    );
    const other = await lab.with({ LAB_NODE: "real" }).run("up");
    assert.equal(other.code, 1);
    assert.match(
      other.output,
      /This lab has a node of kind kwok, and LAB_NODE=real\.\n`make down` removes it, or choose another lab with LAB_DIR\./,
    );
  });

  it("uses the cluster of KUBECONFIG only when asked, and leaves it running", async () => {
    const owner = newLab();
    const { KUBECONFIG = "" } = await owner.variables();
    const guest = newLab({ LAB_CLUSTER: "kubeconfig", KUBECONFIG });
    const up = await guest.run("up");
    assert.equal(up.code, 0, up.output);
    assert.ok(!existsSync(join(guest.folder, "etcd")), "no cluster of its own");
    assert.match(up.output, /^osv +internal +Ready/m);
    const down = await guest.run("down");
    assert.equal(down.code, 0, down.output);
    const left = await owner.api().list<{ metadata?: { name?: string } }>("v1", "Namespace");
    assert.deepEqual(
      left.filter(({ metadata }) => metadata?.name?.startsWith("mcp-")),
      [],
    );
  });

  it("refuses to work on a lab that another command works on", async () => {
    const lab = newLab();
    const first = lab.run("up");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const { code, output } = await lab.run("up");
    assert.equal(code, 1);
    assert.match(output, /Another command \(process \d+\) works on this lab\./);
    const { code: firstCode, output: firstOutput } = await first;
    assert.equal(firstCode, 0, firstOutput);
  });

  for (const seconds of [1.5, 6, 9, 12])
    it(`can be repeated after it was killed at ${seconds} s`, async () => {
      const lab = newLab();
      const killed = await lab.run("up", seconds * 1000);
      assert.equal(killed.code, null, "it was killed");
      const { code, output } = await lab.run("up");
      assert.equal(code, 0, output);
      assert.match(output, /^osv +internal +Ready/m);
      const down = await lab.run("down");
      assert.equal(down.code, 0, down.output);
      assert.deepEqual(lab.leftProcesses(), []);
    });
});
