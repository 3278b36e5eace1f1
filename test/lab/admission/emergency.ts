import assert from "node:assert/strict";
import type { Api } from "../../../lab/run/api";
import type { TestLab } from "../test-lab";
import { assertDone, assertRefused, audited, imagesOf, isThere, personOf, until } from "./cluster";
import { asking, exemptedRows } from "./exemption-rows";
import { exemptions } from "./fleet";
import { stray } from "./image-rows";
import { merged } from "./person";
import type { Person, Sent } from "./person";
import * as samples from "./samples";

const name = "emergency";
const evil = "evil.example.com/osv:1";
const annotations = { "mcp-fleet.dev/exemption": "incident-42" };
const labels = { "mcp-fleet.dev/entry": name };
const namespace = "mcp-internal";

/** A server with an image from elsewhere; its pods ask for the exemption too. */
const server = merged(asking(samples.server), {
  metadata: { name, labels },
  spec: { image: evil, podTemplateSpec: { metadata: { annotations, labels } } },
});

/** A Deployment of the same image, which asks for it in the name of its pods alone. */
const deployment = merged(samples.workloads[0]?.[0] ?? server, {
  metadata: { name: "debug", labels: { "mcp-fleet.dev/entry": "debug" } },
  spec: {
    template: {
      metadata: { annotations, labels: { "mcp-fleet.dev/entry": "debug" } },
      spec: { containers: [samples.container(evil)] },
    },
  },
});

const used = (user: string): string => `incident-42 used by ${user}: ${exemptions[0].reason}`;

/** Tests of an exemption that holds, from its first use to its last. */
export function emergency(lab: TestLab, apiOf: () => Api): void {
  const as = (user: string): Person => personOf(apiOf(), user);
  const runs = async (entry: string): Promise<boolean> =>
    (await imagesOf(apiOf(), namespace, entry)).includes(evil);
  const uses = (user: string, resource: string): readonly string[] =>
    audited(lab)
      .filter(({ objectRef }) => objectRef?.resource === resource)
      .filter(({ user: own, impersonatedUser }) => (impersonatedUser ?? own).username === user)
      .flatMap(({ annotations: said }) => said?.[`mcp-fleet.${namespace}/exemption`] ?? []);

  it("lets its user write by hand what is refused to all others, with its pods", async () => {
    assertDone(await as("alice").create(server));
    assertDone(await as("alice").create(deployment));
    for (const entry of [name, "debug"]) await until(`pods of ${entry}`, async () => runs(entry));
    assertDone(await as("alice").patch(server, { spec: { args: ["--verbose"] } }));
    const open = asking(merged(samples.networkPolicy, { metadata: { name, labels } }));
    assertDone(await as("alice").create(open, true));
  });

  it("stands in the audit log with every use, and who used it", () => {
    assert.deepEqual(uses("alice", "mcpservers"), [used("alice"), used("alice")]);
    const controller = "system:serviceaccount:kube-system:statefulset-controller";
    assert.ok(uses(controller, "pods").includes(used(controller)));
    assert.deepEqual(uses("mallory", "mcpservers"), []);
    assert.deepEqual(uses("admin", "mcpservers"), []);
  });

  const running: Sent = merged(samples.pod, { metadata: { name: "osv-0" } });
  for (const { what, act, where, says, user } of exemptedRows(running, server))
    it(`is nobody else's: ${what}`, async () => {
      assertRefused(await act(as(user)), where, says);
    });

  it("ends with its annotation, once the object is right", async () => {
    const plain = { metadata: { annotations: { "mcp-fleet.dev/exemption": null } } };
    const own = { podTemplateSpec: { metadata: { annotations: null } } };
    const refused = await as("admin").patch(server, { ...plain, spec: own });
    assertRefused(refused, namespace, stray("internal", evil));
    const mended = { ...plain, spec: { ...own, image: samples.image } };
    assertDone(await as("admin").patch(server, mended));
    await until("the right image", async () => !(await runs(name)));
  });

  it("hinders nothing that goes", async () => {
    for (const object of [server, deployment]) {
      assertDone(await as("admin").deleteForeground(object));
      await until(`${object.kind} goes`, async () => !(await isThere(apiOf(), object)));
    }
  });
}
