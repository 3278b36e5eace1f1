import assert from "node:assert/strict";
import type { V1Pod } from "@kubernetes/client-node";
import { labImages } from "../../lab/images/table";
import { worldAddresses } from "../../lab/node/network";
import { whyNoRealNode } from "../../lab/node/needs";
import { connection, containerPids, lookup, securityState } from "../../lab/node/pods";
import { addresses } from "../../lab/run/addresses";
import { labSettings } from "../../lab/settings";
import { agent, everywhere, otherAgent, servers, stranger, subjects, url } from "./real-fleet";
import { RealLab } from "./real-lab";
import type { PodName } from "./real-lab";

describe("a lab with a real node", function () {
  this.timeout(600_000);
  const lab = new RealLab();
  const { node } = addresses;
  const world = worldAddresses;

  const call = async (from: PodName, [namespace, entry, tool, args]: (typeof servers)[number]) =>
    await lab.client(from, "call", url(namespace, entry), tool, JSON.stringify(args));
  const allCallsSucceed = async (): Promise<boolean> => {
    for (const server of servers) if ((await call(agent, server)).code !== 0) return false;
    return true;
  };
  const ip = (pod: V1Pod): string => pod.status?.podIP ?? "";
  const ip6 = (pod: V1Pod): string =>
    pod.status?.podIPs?.find((one) => one.ip.includes(":"))?.ip ?? "";

  before(async function () {
    const reason = whyNoRealNode({ ...labSettings(), folder: lab.folder });
    if (reason !== undefined) {
      console.log(`    NOT RUN: a real node cannot run here: ${reason}`);
      this.skip();
    }
    const { code, output } = await lab.run("lab");
    assert.equal(code, 0, output);
    const pulumi = await lab.pulumi({
      catalogue: ["inventory", "test/lab/catalogue"],
    });
    const up = await pulumi("up", "--yes");
    assert.equal(up.code, 0, up.output);
    await lab.startClients(
      [...agent, "app=agent"],
      [...otherAgent, "app=other"],
      [...stranger, "app=agent"],
    );
  });
  after(async () => {
    await lab.remove();
  });

  it("says that its node is real", async () => {
    assert.match((await lab.run("lab")).output, /node: real; pods run/);
  });

  it("brings every server to Ready, the operator and all proxies and backends being pods", async () => {
    await lab.eventually("all servers Ready", 120, async () => {
      const { output } = await lab.kubectl("get", "mcpservers", "-A", "--no-headers");
      const lines = output.trim().split("\n");
      return lines.length === servers.length + 1 && lines.every((line) => line.includes(" Ready "));
    });
    for (const [namespace, entry] of servers) {
      const { output } = await lab.kubectl(
        ...["get", "statefulset", entry, "-n", namespace, "--show-managed-fields"],
        ...["-o", "jsonpath={.status.readyReplicas} {.metadata.managedFields[0].manager}"],
      );
      assert.match(output, /^1 thv-proxyrunner|^1 .*toolhive/, entry);
    }
  });

  for (const server of servers) {
    const [namespace, entry, tool, , expected] = server;
    it(`lets a client call ${tool} of ${entry} through the Service's name`, async () => {
      await lab.eventually(`${namespace}/${entry}`, 60, async () => {
        const { code, output } = await call(agent, server);
        return code === 0 && expected.test(output);
      });
    });
  }

  it("shows the published tools alone", async () => {
    const { output } = await lab.client(agent, "list", url("mcp-public", "everything"));
    assert.deepEqual((JSON.parse(output) as string[]).sort(), ["echo", "get-sum"]);
    const hidden = await lab.client(
      agent,
      "call",
      url("mcp-public", "everything"),
      "get-env",
      "{}",
    );
    assert.equal(hidden.code, 1);
    assert.match(hidden.output, /tool not found/);
  });

  // Attach is what a proxy speaks to a stdio server by: the calls above have tried it.
  it("gives kubectl exec and logs", async () => {
    const pod = ["-n", "mcp-public", "everything-0"];
    const logs = await lab.kubectl("logs", ...pod);
    assert.match(logs.output, /listening on port 3001/);
    const exec = await lab.kubectl("exec", ...pod, "--", "/usr/local/bin/node", "-p", "6*7");
    assert.equal(exec.output.trim(), "42");
  });

  it("connects nobody whom the entry does not name", async () => {
    for (const server of servers) {
      const proxy = await lab.proxyPod(server[0], server[1]);
      const [yes, no] = [lab.pid(await lab.pod(agent)), lab.pid(await lab.pod(stranger))];
      assert.equal(await connection(yes, ip(proxy), 8080), "open", server[1]);
      assert.notEqual(await connection(no, ip(proxy), 8080), "open", server[1]);
      const { code } = await call(stranger, server);
      assert.equal(code, 1, server[1]);
    }
    const memory = servers[3];
    assert.equal(
      (await call(otherAgent, memory)).code,
      1,
      "its labels are not those that memory names",
    );
  });

  it("lets each backend be reached by its own proxy alone", async () => {
    const web = [
      ["mcp-public", "everything", 3001],
      ["mcp-internal", "osv", 8080],
      ["mcp-restricted", "everything-too", 3001],
    ] as const;
    for (const [namespace, entry, port] of web)
      for (const [otherNamespace, other] of web) {
        const backend = await lab.pod([namespace, `${entry}-0`]);
        const proxy = await lab.proxyPod(otherNamespace, other);
        const got = await connection(lab.pid(proxy), ip(backend), port);
        assert.equal(got === "open", entry === other, `${other}'s proxy to ${entry}`);
        const fromBackend = await lab.pod([otherNamespace, `${other}-0`]);
        if (other !== entry)
          assert.notEqual(await connection(lab.pid(fromBackend), ip(backend), port), "open");
      }
    const backend = await lab.pod(["mcp-public", "everything-0"]);
    const client = lab.pid(await lab.pod(agent));
    assert.notEqual(await connection(client, ip(backend), 3001), "open");
    assert.notEqual(await connection(client, ip6(backend), 3001), "open");
  });

  it("reaches everything from a pod that no rule restricts, so that what is refused is refused by rules", async () => {
    const pid = lab.pid(await lab.pod(agent));
    for (const [what, host, port] of everywhere)
      assert.equal(await connection(pid, host, port), "open", `${what}: ${host}:${port}`);
  });

  for (const [entry, namespace, hosts, ports] of subjects)
    it(`lets the backend of ${entry} reach what its entry declares, and nothing else`, async () => {
      const pid = lab.pid(await lab.pod([namespace, `${entry}-0`]));
      for (const [what, host, port] of everywhere) {
        const declared =
          (hosts as readonly string[]).includes(host) &&
          (ports as readonly number[]).includes(port);
        const got = await connection(pid, host, port);
        assert.equal(got === "open", declared, `${what}: ${host}:${port}: ${got}`);
      }
      const found = await lookup(pid, addresses.dns, "outside.example.com");
      assert.deepEqual(found, [world.public.v4], "DNS answers all");
    });

  it("lets a proxy reach the API server and its backend, and nothing else", async () => {
    for (const [namespace, entry] of servers) {
      const pid = lab.pid(await lab.proxyPod(namespace, entry));
      for (const [what, host, port] of everywhere) {
        const open = (host === node.v4 && port === 6443) || host === addresses.kubernetes;
        const got = await connection(pid, host, port);
        assert.equal(got === "open", open, `${entry}: ${what}: ${host}:${port}: ${got}`);
      }
    }
  });

  it("holds every server process to the least", async () => {
    for (const [entry, namespace] of subjects) {
      const pids = containerPids(lab.folder, await lab.pod([namespace, `${entry}-0`]), "mcp");
      assert.ok(pids.length > 0, entry);
      for (const pid of pids) {
        const state = securityState(pid);
        assert.ok(!state.users.includes(0), `${entry} runs as root`);
        assert.deepEqual(
          { ...state, users: [] },
          {
            users: [],
            capabilities: {
              inheritable: 0n,
              permitted: 0n,
              effective: 0n,
              bounding: 0n,
              ambient: 0n,
            },
            noNewPrivileges: true,
            seccompFilter: true,
            readOnlyRoot: true,
            token: false,
          },
          entry,
        );
      }
    }
  });

  it("pulls what the catalogue names, by tag and by digest", async () => {
    const pod = await lab.pod(["mcp-internal", "osv-0"]);
    const pulled = pod.status?.containerStatuses?.[0]?.imageID ?? "";
    assert.match(pulled, /^ghcr\.io\/stackloklabs\/osv-mcp\/server@sha256:[0-9a-f]{64}$/);
    await lab.kubectl(
      ...["run", "by-digest", "-n", "strangers", `--image=${pulled}`, "--image-pull-policy=Always"],
    );
    const ready = await lab.kubectl(
      ...["wait", "--for=condition=Ready", "--timeout=60s", "pod/by-digest", "-n", "strangers"],
    );
    assert.equal(ready.code, 0, ready.output);
  });

  it("serves images that say in a label what they are, none being the vendor's own", () => {
    for (const { reference, substitute } of labImages) {
      const labels = lab.imageLabels(reference);
      assert.equal(labels["dev.mcp-fleet.lab.reference"], reference);
      assert.equal(labels["dev.mcp-fleet.lab.substitute"], substitute);
    }
  });

  for (const daemon of ["kubelet", "containerd", "kube-proxy", "kube-router"])
    it(`goes on after ${daemon} was killed, and stays as closed as it was`, async () => {
      await lab.crash(daemon);
      // Each call goes by kubectl exec, which needs the kubelet and containerd.
      await lab.eventually(`calls after ${daemon}`, 120, allCallsSucceed);
      assert.equal((await call(stranger, servers[0])).code, 1);
    });

  it("goes on while the API server is away, and after", async () => {
    const client = lab.pid(await lab.pod(agent));
    const service = await lab.serviceAddress("mcp-public", "mcp-everything-proxy");
    const list = ["list", `http://${service}:8080/mcp`];
    const crash = lab.crash("kube-apiserver");
    assert.equal(await lab.api().answers(), false);
    const { code, output } = lab.clientBeside(client, ...list);
    assert.equal(code, 0, output);
    await crash;
    await lab.eventually("the API server answers", 60, async () => await lab.api().answers());
    await lab.eventually("calls after the API server", 120, allCallsSucceed);
  });

  it("goes on after proxies were killed", async () => {
    for (const [namespace, entry] of servers)
      process.kill(lab.pid(await lab.proxyPod(namespace, entry)), "SIGKILL");
    await lab.eventually("calls after the proxies", 180, allCallsSucceed);
  });

  it("make down leaves nothing", async () => {
    const { code, output } = await lab.run("down");
    assert.equal(code, 0, output);
    assert.deepEqual(lab.left(), []);
  });
});
