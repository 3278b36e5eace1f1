import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject, V2HorizontalPodAutoscaler } from "@kubernetes/client-node";
import { parse } from "yaml";
import { breakIt, broken } from "./accepted/broken";
import {
  assertAllPods,
  assertLabels,
  assertTickets,
  behind,
  podRefusals,
  podsOf,
} from "./accepted/deployed";
import { unused } from "./accepted/fields";
import {
  allReady,
  encrypted,
  installCrds,
  loaded,
  namespaceOf,
  ownCatalogue,
  services,
  shippedCatalogue,
  valueNames,
} from "./accepted/fleet";
import {
  defaulted,
  handPatches,
  post,
  refused,
  refusedAfterPatch,
  takeAdditionsAway,
} from "./accepted/limits";
import { writeLongest } from "./accepted/longest";
import { bringNeeds } from "./accepted/needs";
import { tierNamespaces, whole, workloads } from "./accepted/pods";
import { RawApi } from "./accepted/raw-api";
import { engines, meantPods, refusals, rendered } from "./accepted/strict";
import { TestLab } from "./test-lab";
import type { StackRunner } from "./test-lab";

describe("what is accepted", function () {
  this.timeout(900_000);
  const lab = new TestLab({ LAB_NODE: "kwok" });
  const longest = join(lab.folder, "longest");
  const catalogue = [shippedCatalogue, ownCatalogue];
  const { entries } = loaded(catalogue);
  const live = entries.filter(({ lifecycle }) => lifecycle.state !== "retired");
  let api: RawApi;
  let secrets: Readonly<Record<string, unknown>>;
  let run: StackRunner;

  before(async () => {
    mkdirSync(longest);
    writeLongest(longest);
    const { code, output } = await lab.run("lab");
    assert.equal(code, 0, output);
    api = new RawApi(lab.api());
    await installCrds(api);
    run = await lab.pulumi({ ...services, entries: { only: [] } });
    const up = await run("up", "--yes", "--skip-preview");
    assert.equal(up.code, 0, up.output);
    await bringNeeds(lab.api(), loaded([...catalogue, longest]).entries, namespaceOf);
    const values = valueNames.map((name) => [name, `value of ${name}`] as const);
    secrets = await encrypted(lab, Object.fromEntries(values));
  });
  after(async () => {
    await lab.remove();
  });

  it("is tried with every field of both kinds of entry, and every word of each", () => {
    const own = readdirSync(ownCatalogue).map(
      (file) => parse(readFileSync(join(ownCatalogue, file), "utf8")) as Record<string, unknown>,
    );
    // What is made of signatures, of entries and of tiers, is tried by signatures.test.ts: it needs an engine.
    const others = unused(own).filter((name) => !/^(?:Server )?signature\b/.test(name));
    assert.deepEqual(others, []);
    const signatures = unused(own).length;
    assert.ok(unused(own.slice(1)).length > signatures, "an entry less, and nothing is missed");
  });

  for (const engine of engines)
    it(`is every object with engine ${engine}, with strict field validation`, async () => {
      const objects = rendered([...catalogue, longest], engine);
      const pods = meantPods(objects);
      assert.deepEqual(await refusals(api, objects), []);
      assert.deepEqual(await refusals(api, pods), []);
      console.log(`      ${objects.length} objects, ${pods.length} pods`);
    });

  for (const change of broken)
    it(`is no ${change.what}`, async () => {
      const objects = rendered(catalogue, change.engine);
      const { code, body } = await api.create(
        breakIt([...objects, ...meantPods(objects)], change),
        true,
      );
      assert.ok(code >= 400, String(code));
      assert.match(body.message ?? "", change.expected);
    });

  it("is deployed whole: every entry Ready, every pod admitted", async () => {
    run = await lab.pulumi({ ...services, secrets, catalogue });
    const { code, output } = await run("up", "--yes", "--skip-preview");
    assert.equal(code, 0, output);
    assert.deepEqual([...(await allReady(lab))].sort(), live.map(({ name }) => name).sort());
    await assertAllPods(lab, live);
  });

  it("is every pod by itself, as the operator and the proxies made it", async () => {
    assert.deepEqual(await podRefusals(lab, api), []);
  });

  it("says on every object and pod whose it is", async () => {
    for (const entry of live) await assertLabels(lab, entry);
  });

  it("arrives on the pods as the entry says", async () => {
    await assertTickets(lab);
  });

  it("has autoscalers, each of something that is there", async () => {
    const { proxies, backends } = await workloads(lab.api());
    const there = [...proxies, ...backends].map(({ kind, metadata }) => [
      metadata?.namespace,
      kind,
      metadata?.name,
    ]);
    const scalers = (
      await lab
        .api()
        .list<V2HorizontalPodAutoscaler & KubernetesObject>(
          "autoscaling/v2",
          "HorizontalPodAutoscaler",
        )
    ).map(({ metadata, spec }) => {
      const { kind, name } = spec?.scaleTargetRef ?? {};
      return [metadata?.namespace, kind, name];
    });
    const expected = live.flatMap((entry) => [
      ...(entry.autoscaling?.proxy ? [[namespaceOf(entry), "Deployment", entry.name]] : []),
      ...(entry.kind === "Server" && entry.autoscaling?.server
        ? [[namespaceOf(entry), "StatefulSet", entry.name]]
        : []),
    ]);
    assert.ok(expected.length > 3);
    assert.deepEqual(scalers.sort(), expected.sort());
    const unknown = scalers.filter((one) => !there.some((two) => String(one) === String(two)));
    assert.deepEqual(unknown, []);
  });

  it("answers under its aliases, and makes nothing of what is retired", async () => {
    const proxies = (await podsOf(lab, "tickets"))
      .filter(({ metadata }) => metadata?.labels?.app === "mcpserver")
      .map(({ status }) => status?.podIP)
      .sort();
    for (const service of ["mcp-ticket-desk-proxy", "mcp-helpdesk-proxy", "mcp-tickets-proxy"])
      assert.deepEqual(await behind(lab, "mcp-internal", service), proxies, service);
    const remotes = (await podsOf(lab, "crm")).map(({ status }) => status?.podIP).sort();
    assert.deepEqual([proxies.length, remotes.length], [2, 2]);
    for (const service of ["mcp-customers-remote-proxy", "mcp-crm-remote-proxy"])
      assert.deepEqual(await behind(lab, "mcp-internal", service), remotes, service);
    const all = (await Promise.all(tierNamespaces.map((name) => api.everything(name)))).flat();
    const retired = all.filter(({ metadata }) => {
      return (
        metadata?.labels?.["mcp-fleet.dev/entry"] === "ticket-desk" ||
        metadata?.name === "ticket-desk"
      );
    });
    assert.deepEqual(retired, []);
    assert.ok(all.some(({ metadata }) => metadata?.name === "tickets"));
  });

  it("needs no further change", async () => {
    const { code, output } = await run("preview", "--expect-no-changes", "--refresh=false");
    assert.equal(code, 0, output);
  });

  for (const { what, object, expected } of refused)
    it(`is not ${what}, in any tier`, async () => {
      for (const namespace of tierNamespaces) {
        const { code, body } = await post(api, object(namespace));
        assert.equal(code, 403, `${namespace}: ${body.message ?? ""}`);
        assert.match(body.message ?? "", expected);
      }
    });

  it("is a container that says nothing of its size, with the tier's own", async () => {
    for (const namespace of tierNamespaces)
      assert.deepEqual(await defaulted(api, namespace), {
        requests: { cpu: "10m", memory: "64Mi" },
        limits: { cpu: "500m", memory: "512Mi" },
      });
  });

  for (const patch of handPatches)
    it(`is no pod of a server that somebody has made ${patch.what}`, async () => {
      await refusedAfterPatch(lab, patch);
    });

  it("is what the catalogue says, after the next up", async () => {
    await takeAdditionsAway(lab);
    const { code, output } = await run("up", "--refresh", "--yes", "--skip-preview");
    assert.equal(code, 0, output);
    await allReady(lab);
    await whole(lab.api());
  });

  it("is an entry with the longest names that the catalogue allows", async () => {
    run = await lab.pulumi({ ...services, secrets, catalogue: [...catalogue, longest] });
    const { code, output } = await run("up", "--yes", "--skip-preview");
    assert.equal(code, 0, output);
    assert.equal((await allReady(lab)).length, live.length + 3);
  });
});
