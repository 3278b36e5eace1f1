import assert from "node:assert/strict";
import { settingsFromConfig } from "../../catalog";
import { apiServerAddresses, crdValues, operatorValues } from "../../manifests";

const platform = (values: object) =>
  settingsFromConfig({ platform: values }, __dirname, "test").platform;

describe("operatorValues", () => {
  it("adds the switch to the environment's own values", () => {
    const values = { operator: { replicaCount: 2, env: [{ name: "A", value: "b" }] }, x: 1 };
    assert.deepEqual(operatorValues(platform({ operator: { values } })), {
      operator: {
        replicaCount: 2,
        env: [
          { name: "A", value: "b" },
          { name: "TOOLHIVE_SKIP_UPDATE_CHECK", value: "true" },
        ],
      },
      x: 1,
    });
  });

  it("leaves a switch that the environment has set itself", () => {
    const env = [{ name: "TOOLHIVE_SKIP_UPDATE_CHECK", value: "false" }];
    const values = { operator: { env } };
    assert.deepEqual(operatorValues(platform({ operator: { values } })), values);
  });
});

describe("crdValues", () => {
  it("lets the CRDs go with the stack only when the environment says so", () => {
    assert.deepEqual(crdValues(platform({ crds: { keep: false } })), {
      crds: { install: true, keep: false },
    });
  });
});

describe("apiServerAddresses", () => {
  it("takes every address with every port, in both families", () => {
    const slice = {
      endpoints: [{ addresses: ["10.0.0.1"] }, { addresses: ["2001:db8::1"] }],
      ports: [{ port: 6443 }, {}],
    };
    assert.deepEqual(apiServerAddresses(slice), [
      { cidr: "10.0.0.1/32", port: 6443 },
      { cidr: "2001:db8::1/128", port: 6443 },
    ]);
  });

  it("refuses a slice that names nothing", () => {
    assert.throws(() => apiServerAddresses({}), {
      message:
        "The EndpointSlice default/kubernetes names no address of the API server; set mcp-fleet:network.apiServer.",
    });
  });
});
