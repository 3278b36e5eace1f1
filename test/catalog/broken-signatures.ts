import { one, plus } from "./broken";
import type { BrokenEnvironment } from "./broken-environment";
import { rightEntry } from "./catalogue-folder";

const signature = {
  issuer: "https://token.actions.githubusercontent.com",
  subject: "https://ci.example.com/release",
};
const inEntry = `signature: { issuer: "${signature.issuer}", subject: "${signature.subject}" }`;
const pinned = {
  images: { proxyrunner: `ghcr.io/stacklok/toolhive/proxyrunner@sha256:${"ab".repeat(32)}` },
};
const chart = { chart: "engine", version: "1.2.3" };
const file = "stacks/Pulumi.dev.yaml";

const proxyrunner = (found: string, by: string): string =>
  `${file}: mcp-fleet:platform.images.proxyrunner: ${found}, and ${by} has signatures verified by policy-controller, which writes digests into Deployments that ToolHive's operator takes out again; run mcp-fleet pin --stack`;

/** Demands that nothing verifies, and engines that cannot work as they are asked for. */
export const brokenSignatures: BrokenEnvironment = [
  [
    "signatures of a tier and of an entry that nothing verifies",
    { tiers: { restricted: { signature } } },
    one(rightEntry),
    [
      `${file}: mcp-fleet:tiers.restricted.signature: is demanded, and the environment names nothing that verifies it; write mcp-fleet:signatures, or remove it`,
    ],
  ],
  [
    "a signature of an entry that nothing verifies",
    {},
    plus(inEntry),
    [
      "c/e.yaml:15:12: signature: is demanded, and the environment names nothing that verifies it; write mcp-fleet:signatures",
    ],
  ],
  [
    "signatures that no engine is named for",
    { signatures: {}, tiers: { restricted: { signature } } },
    one(rightEntry),
    [`${file}: mcp-fleet:signatures.engine: is missing; write one of policy-controller, kyverno`],
  ],
  ["signatures that Kyverno verifies", { signatures: { engine: "kyverno" } }, plus(inEntry), []],
  [
    "signatures that the policy-controller verifies",
    {
      signatures: { engine: "policy-controller" },
      platform: pinned,
      tiers: { restricted: { signature } },
    },
    plus(inEntry),
    [],
  ],
  [
    "an engine that is to be installed by no chart",
    { signatures: { engine: "kyverno", install: true } },
    one(rightEntry),
    [
      `${file}: mcp-fleet:signatures.chart: is missing, and install is true; write the chart of the engine`,
    ],
  ],
  [
    "a chart of an engine that is there already",
    { signatures: { engine: "kyverno", chart: { ...chart, chart: "oci://example.com/kyverno" } } },
    one(rightEntry),
    [
      `${file}: mcp-fleet:signatures.install: is false, and a chart is given; write true, or remove the chart`,
    ],
  ],
  [
    "a chart that is not there",
    { signatures: { engine: "kyverno", install: true, chart } },
    one(rightEntry),
    [
      `${file}: mcp-fleet:signatures.chart.chart: "engine" holds no Chart.yaml; write a chart's folder or oci://…`,
    ],
  ],
  [
    "a chart of another engine",
    { signatures: { engine: "policy-controller", install: true, chart } },
    { ...one(rightEntry), "engine/Chart.yaml": "name: kyverno\nversion: 1.2.3\n" },
    [
      `${file}: mcp-fleet:signatures.chart.chart: "engine" holds the chart "kyverno"; policy-controller belongs here`,
    ],
  ],
  [
    "a chart of another version",
    { signatures: { engine: "kyverno", install: true, chart } },
    { ...one(rightEntry), "engine/Chart.yaml": "name: kyverno\nversion: 1.2.4\n" },
    [
      `${file}: mcp-fleet:signatures.chart.version: "1.2.3" is asked for, but "engine" holds "1.2.4"; write that, or take another chart`,
    ],
  ],
  [
    "a tier in the namespace of an engine that is installed",
    {
      signatures: {
        engine: "kyverno",
        install: true,
        chart: { ...chart, chart: "oci://example.com/kyverno" },
      },
      tiers: { public: { namespace: "kyverno" } },
    },
    one(rightEntry),
    [
      `${file}: mcp-fleet:tiers.public.namespace: "kyverno" is the namespace of signatures.engine too; write another name`,
    ],
  ],
  [
    "a tag of the proxies where the policy-controller writes digests into their Deployments",
    { signatures: { engine: "policy-controller" }, tiers: { restricted: { signature } } },
    one(rightEntry),
    [proxyrunner("is missing", "tier restricted")],
  ],
  [
    "the same where an entry alone demands a signature",
    {
      signatures: { engine: "policy-controller" },
      platform: { images: { proxyrunner: "ghcr.io/stacklok/toolhive/proxyrunner:v0.48.0" } },
    },
    plus(inEntry),
    [proxyrunner('"ghcr.io/stacklok/toolhive/proxyrunner:v0.48.0" names no digest', "entry osv")],
  ],
];
