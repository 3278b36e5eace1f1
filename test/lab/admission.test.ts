import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import * as fc from "fast-check";
import { stringify } from "yaml";
import { waitReady } from "../../lab/fleet";
import { builtPart } from "../../lab/build/tools";
import type { Api } from "../../lab/run/api";
import { labSettings } from "../../lab/settings";
import * as cluster from "./admission/cluster";
import * as fleet from "./admission/fleet";
import { exemptionRows } from "./admission/exemption-rows";
import { emergency } from "./admission/emergency";
import { imageRows, runningRows, stray } from "./admission/image-rows";
import { nasty, policiesOf } from "./admission/nasty";
import { objectRows } from "./admission/object-rows";
import { merged } from "./admission/person";
import type { Sent } from "./admission/person";
import { foreigner } from "./admission/row";
import * as samples from "./admission/samples";
import { applySecond } from "./admission/second";
import { writerRows } from "./admission/writer-rows";
import { TestLab } from "./test-lab";
import type { StackRunner } from "./test-lab";

const { personOf, assertDone, assertRefused, until } = cluster;
const charts = {
  crds: { chart: "lab/charts/operator-crds", keep: false },
  operator: { chart: "lab/charts/operator" },
};
const namespaces = ["mcp-public", "mcp-internal", "mcp-confidential", "mcp-restricted"];
const running: Sent = merged(samples.pod, { metadata: { name: "osv-0" } });
const evilServer = merged(samples.server, { spec: { image: "evil.example.com/osv:1" } });
const evilPod = merged(samples.pod, {
  spec: { containers: [samples.container("evil.example.com/osv:1")] },
});

describe("admission in the cluster", function () {
  this.timeout(600_000);
  const lab = new TestLab({ LAB_NODE: "kwok", LAB_AUDIT: "log" });
  let api: Api;
  let run: StackRunner;
  const must = async (...args: readonly string[]): Promise<string> => {
    const { code, output } = await run(...args);
    assert.equal(code, 0, output);
    return output;
  };
  const as = (user: string, groups?: readonly string[]) => personOf(api, user, groups);
  const deployerOf = (namespace: string): string =>
    namespace.startsWith("second-") ? fleet.carol : "admin";

  before(async () => {
    const variables = await lab.variables();
    api = lab.api();
    // The inventory has ExternalSecrets.
    const crd = join(builtPart(labSettings(), "crds"), "external-secrets/externalsecrets.yaml");
    execFileSync("kubectl", ["apply", "--server-side", "--filename", crd], {
      env: { ...process.env, ...variables },
    });
    run = await lab.pulumi(fleet.inventoryForEngine(charts));
    const uri = "postgres://nobody@postgres.databases.svc/orders";
    await must("config", "set", "--secret", "--path", "mcp-fleet:secrets.postgresUri", uri);
    await must("up", "--yes");
    await applySecond(api);
  });
  after(async () => {
    await lab.remove();
  });

  describe("what is right", () => {
    it("lets the whole inventory become Ready, with every pod", async () => {
      const servers = samples.own.entries.map(({ kind, name, sensitivity, owner }) => {
        const { namespace } = fleet.tierOf(samples.own, sensitivity);
        return [name, { kind, namespace, tier: sensitivity, owner: owner.team, url: "" }] as const;
      });
      await waitReady(api, Object.fromEntries(servers), undefined);
      for (const entry of samples.own.entries) {
        const { namespace } = fleet.tierOf(samples.own, entry.sensitivity);
        const wanted = [fleet.proxyrunner, ...(entry.kind === "Server" ? [entry.image] : [])];
        await until(`the pods of ${entry.name}`, async () => {
          const images = await cluster.imagesOf(api, namespace, entry.name);
          return wanted.every((image) => images.includes(image));
        });
      }
      for (const namespace of namespaces)
        assert.deepEqual(await cluster.notMade(api, namespace), [], namespace);
    });

    it("lets the operator keep its finalizers and status", async () => {
      const found = await api.read<KubernetesObject & { status?: { phase?: string } }>({
        ...samples.osv,
        metadata: { name: "osv", namespace: "mcp-internal" },
      });
      assert.equal(found?.status?.phase, "Ready");
      assert.ok((found.metadata?.finalizers ?? []).length > 0);
    });

    it("leaves nothing to change", async () => {
      await must("preview", "--expect-no-changes");
    });

    for (const object of samples.right) {
      const { kind, metadata } = object;
      it(`lets the deployer make a right ${kind} in ${metadata.namespace ?? ""}`, async () => {
        assertDone(await as(deployerOf(metadata.namespace ?? "")).create(object, true));
      });
    }

    it("lets one of the deployers' group make a server, and anybody a right pod", async () => {
      const groups = ["system:masters", "deployers"];
      assertDone(await as("erin", groups).create(samples.server, true));
      assertDone(await as("mallory").create(samples.pod, true));
      const debug = [samples.container(`${samples.image}:debug`, "debugger")];
      const change = { spec: { ephemeralContainers: debug } };
      assertDone(await as("mallory").patch(running, change, "/ephemeralcontainers", true));
    });

    it("lets the server of a second fleet become Ready where authentication is demanded", async () => {
      const weather = { kind: "Server", tier: "internal", namespace: "second-internal" } as const;
      await waitReady(api, { weather: { ...weather, url: "", owner: "" } }, undefined);
      assert.deepEqual(await cluster.notMade(api, "second-internal"), []);
    });
  });

  describe("what is wrong, by whoever", () => {
    for (const row of [...imageRows, ...runningRows(running), ...objectRows]) {
      const { what, where, says, owned } = row;
      const deployer = deployerOf(where);
      it(`refuses ${what}, by the deployer`, async () => {
        assertRefused(await row.act(as(deployer)), where, says);
      });
      it(`refuses ${what}, by another administrator`, async () => {
        const told = owned === undefined ? says : foreigner("mallory", owned);
        assertRefused(await row.act(as("mallory")), where, told);
      });
    }
  });

  describe("what is wrong by who does it", () => {
    for (const { what, act, where, says, user, groups } of [...writerRows, ...exemptionRows])
      it(`refuses that ${user}: ${what}`, async () => {
        assertRefused(await act(as(user, groups)), where, says);
      });

    it("tells it to who uses kubectl", async () => {
      const args = ["apply", "--as", "mallory", "--as-group", "system:masters", "--filename", "-"];
      const env = { ...process.env, ...(await lab.variables()) };
      const input = stringify(evilPod);
      const { status, stderr } = spawnSync("kubectl", args, { env, input, encoding: "utf8" });
      assert.equal(status, 1);
      assert.equal(
        stderr.replace("\n", ""),
        `Error from server (Forbidden): error when creating "STDIN": pods "sample" is forbidden: ValidatingAdmissionPolicy 'mcp-fleet.mcp-internal' with binding 'mcp-fleet.mcp-internal' denied request: ${stray("internal", "evil.example.com/osv:1")}`,
      );
    });

    it("leaves refusals in the audit log", () => {
      const failures = cluster.audited(lab).filter(({ annotations, impersonatedUser }) => {
        const why = annotations?.["validation.policy.admission.k8s.io/validation_failure"] ?? "";
        return why !== "" && impersonatedUser?.username === "mallory";
      });
      assert.ok(failures.length > imageRows.length + objectRows.length, String(failures.length));
    });
  });

  describe("an exemption", () => {
    emergency(lab, () => api);
  });

  describe("elsewhere", () => {
    it("lets anything pass outside the tiers", async () => {
      const namespace = "elsewhere";
      assertDone(
        await as("admin").create({
          apiVersion: "v1",
          kind: "Namespace",
          metadata: { name: namespace },
        }),
      );
      const spec = { serviceAccountName: "default" };
      for (const object of [evilServer, merged(evilPod, { spec })])
        assertDone(await as("mallory").create(merged(object, { metadata: { namespace } }), true));
    });

    it("holds in a second fleet's tiers what these demand, and nothing of the first's", async () => {
      const namespace = "second-public";
      const labels = { "mcp-fleet.dev/sensitivity": "public" };
      const pod = merged(evilPod, { metadata: { namespace, labels } });
      assertDone(await as("mallory").create(pod, true));
      const names = await api.list("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy");
      const second = namespaces.map((name) => name.replace("mcp-", "second-"));
      assert.deepEqual(
        names.map(({ metadata }) => metadata?.name).sort(),
        [...namespaces, ...second].map((name) => `mcp-fleet.${name}`).sort(),
      );
    });

    it("compiles whatever the settings hold", async () => {
      const holds = async (values: object): Promise<void> => {
        for (const object of policiesOf(values)) assertDone(await as("admin").apply(object, true));
      };
      await fc.assert(fc.asyncProperty(nasty, holds), { numRuns: 15 });
    });
  });

  describe("what goes", () => {
    it("lets servers go with all that is theirs, by whoever RBAC lets delete them", async () => {
      assertDone(await as("mallory").deleteForeground(samples.osv));
      await until("osv goes", async () => !(await cluster.isThere(api, samples.osv)));
      assert.deepEqual(await cluster.imagesOf(api, "mcp-internal", "osv"), []);
    });

    it("lets the namespaces of the second fleet go, with a server in one", async () => {
      // Of the first fleet is the operator, without which nothing of the second could go.
      for (const name of namespaces.map((own) => own.replace("mcp-", "second-"))) {
        const namespace: Sent = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
        assertDone(await as("admin").deleteForeground(namespace));
        await until(`${name} goes`, async () => !(await cluster.isThere(api, namespace)));
      }
    });

    it("is destroyed with the stack", async () => {
      await must("destroy", "--yes");
      for (const kind of ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"]) {
        const left = await api.list("admissionregistration.k8s.io/v1", kind);
        const names = left.map(({ metadata }) => metadata?.name ?? "");
        assert.deepEqual(
          names.filter((name) => !name.startsWith("mcp-fleet.second-")),
          [],
        );
      }
      for (const name of namespaces)
        assert.ok(
          !(await cluster.isThere(api, {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: { name },
          })),
        );
    });
  });
});
