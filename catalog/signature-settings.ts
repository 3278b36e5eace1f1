import { chartField, versionField } from "./chart-fields";
import { flag, map, oneOf } from "./field";
import { signature } from "./signature";

const engineChart = map(
  { description: "The chart of the engine.", example: { version: "0.13.1" } },
  {
    chart: chartField("oci://ghcr.io/sigstore/helm-charts/policy-controller"),
    version: versionField("Its version.", "0.13.1"),
  },
).optional();

/** Schema of `signatures`: what verifies them in the cluster. */
export const signatures = map(
  {
    description: "What verifies signatures of images in the cluster.",
    example: { engine: "policy-controller" },
  },
  {
    engine: oneOf(
      {
        description:
          "The engine: policy-controller (Sigstore), or kyverno (1.17 or newer, ImageValidatingPolicy).",
        example: "policy-controller",
      },
      ["policy-controller", "kyverno"],
    ),
    install: flag({
      description: "Whether the environment installs the engine by `chart`; else it is there.",
      expects: "true or false",
      example: true,
    }).default(false),
    chart: engineChart,
    platform: signature.optional().meta({
      description:
        "Who signs ToolHive's own images, whose proxies run in the tiers; ToolHive's published identity when absent.",
    }),
  },
).optional();
