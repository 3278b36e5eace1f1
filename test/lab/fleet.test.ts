import assert from "node:assert/strict";
import { fleetTable } from "../../lab/fleet";

const osv = {
  kind: "Server" as const,
  name: "osv",
  tier: "internal",
  namespace: "mcp-internal",
  owner: "security-platform",
  url: "http://mcp-osv-proxy.mcp-internal.svc.cluster.local:8080/mcp",
  phase: "Ready",
  message: "",
  tools: 3,
};

describe("the table of the fleet", () => {
  it("shows each server with its whole address where that fits", () => {
    assert.equal(
      fleetTable([osv, { ...osv, name: "quiet", phase: "Failed", tools: 0 }]),
      [
        "NAME   TIER      PHASE   URL                                                           TOOLS",
        "osv    internal  Ready   http://mcp-osv-proxy.mcp-internal.svc.cluster.local:8080/mcp  3",
        "quiet  internal  Failed  http://mcp-osv-proxy.mcp-internal.svc.cluster.local:8080/mcp  none",
      ].join("\n"),
    );
  });

  it("leaves out the cluster's domain on a narrow terminal", () => {
    const lines = fleetTable([osv], 80).split("\n");
    assert.ok(lines.every((line) => line.length <= 80));
    assert.match(lines[1] ?? "", /http:\/\/mcp-osv-proxy\.mcp-internal\.svc:8080\/mcp {2}3$/);
  });
});
