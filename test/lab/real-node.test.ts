import assert from "node:assert/strict";
import type { V1Pod } from "@kubernetes/client-node";
import { clientImage, labImages } from "../../lab/images/table";
import { containerPids, securityState } from "../../lab/node/pods";
import { machineState } from "./machine";
import { agent, byTag, otherAgent, servers, stranger, subjects, url } from "./real-fleet";
import { RealLab } from "./real-lab";
import { networkTests } from "./real-network";

describe("a lab with a real node", function () {
  this.timeout(600_000);
  const lab = new RealLab();
  let untouched: ReturnType<typeof machineState>;

  const allCallsSucceed = async (): Promise<boolean> => {
    for (const server of servers) if ((await lab.call(agent, server)).code !== 0) return false;
    return true;
  };
  before(async function () {
    lab.orSkip(this);
    untouched = machineState();
    const { code, output } = await lab.run("lab");
    assert.equal(code, 0, output);
    const pulumi = await lab.pulumi({
      catalogue: ["inventory/servers/osv.yaml", "test/lab/catalogue"],
      tiers: byTag,
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
        const { code, output } = await lab.call(agent, server);
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

  // A proxy speaks to a stdio server by attach too: the calls above have tried it.
  it("gives kubectl exec, logs and attach", async () => {
    const pod = ["-n", "mcp-public", "everything-0"];
    const logs = await lab.kubectl("logs", ...pod);
    assert.match(logs.output, /listening on port 3001/);
    const exec = await lab.kubectl("exec", ...pod, "--", "/usr/local/bin/node", "-p", "6*7");
    assert.equal(exec.output.trim(), "42");
    const echo = [
      "--command",
      "--",
      "/usr/local/bin/node",
      "-e",
      "process.stdin.pipe(process.stdout)",
    ];
    const run = ["run", "echo", "-n", "strangers", "-i", "--rm", "--quiet", "--restart=Never"];
    const attach = await lab.kubectlWith("hello\n", ...run, `--image=${clientImage}`, ...echo);
    assert.match(attach.output, /^hello$/m);
  });

  networkTests(lab);

  it("holds every process of every pod to the least", async () => {
    const none = {
      inheritable: 0n,
      permitted: 0n,
      effective: 0n,
      bounding: 0n,
      ambient: 0n,
    };
    const held = (pod: V1Pod, container: string, token: boolean): void => {
      const name = `${pod.metadata?.name ?? ""}/${container}`;
      const pids = containerPids(lab.folder, pod, container);
      assert.ok(pids.length > 0, name);
      for (const pid of pids) {
        const { users, ...state } = securityState(pid);
        assert.ok(!users.includes(0), `${name} runs as root`);
        assert.deepEqual(
          state,
          {
            capabilities: none,
            noNewPrivileges: true,
            seccompFilter: true,
            readOnlyRoot: true,
            token,
          },
          name,
        );
      }
    };
    for (const [entry, namespace] of subjects) {
      held(await lab.pod([namespace, `${entry}-0`]), "mcp", false);
      // A proxy makes its backend at the API server, which it needs its token for.
      held(await lab.proxyPod(namespace, entry), "toolhive", true);
    }
    const [operator] = await lab.api().list<V1Pod>("v1", "Pod", "toolhive-system");
    assert.ok(operator);
    held(operator, operator.spec?.containers[0]?.name ?? "", true);
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
      assert.equal((await lab.call(stranger, servers[0])).code, 1);
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

  it("touches nothing of the machine's own", () => {
    assert.deepEqual(machineState(), untouched);
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
    assert.deepEqual(machineState(), untouched);
  });
});
