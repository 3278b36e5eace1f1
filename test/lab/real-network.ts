import assert from "node:assert/strict";
import type { V1Pod } from "@kubernetes/client-node";
import { worldAddresses as world } from "../../lab/node/network";
import { connection, lookup } from "../../lab/node/pods";
import { addresses } from "../../lab/run/addresses";
import { agent, everywhere, otherAgent, servers, stranger, subjects } from "./real-fleet";
import type { RealLab } from "./real-lab";

const { node } = addresses;
const ip = (pod: V1Pod): string => pod.status?.podIP ?? "";
const ip6 = (pod: V1Pod): string =>
  pod.status?.podIPs?.find((one) => one.ip.includes(":"))?.ip ?? "";

/** Tests of who reaches whom in a lab that runs test/lab/catalogue: each by a real connection. */
export function networkTests(lab: RealLab): void {
  it("connects nobody whom the entry does not name", async () => {
    for (const server of servers) {
      const proxy = await lab.proxyPod(server[0], server[1]);
      const [yes, no] = [lab.pid(await lab.pod(agent)), lab.pid(await lab.pod(stranger))];
      assert.equal(await connection(yes, ip(proxy), 8080), "open", server[1]);
      assert.notEqual(await connection(no, ip(proxy), 8080), "open", server[1]);
      const { code } = await lab.call(stranger, server);
      assert.equal(code, 1, server[1]);
    }
    const memory = servers[3];
    assert.equal(
      (await lab.call(otherAgent, memory)).code,
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
}
