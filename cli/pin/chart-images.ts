import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseImage, settingsSchema, show, valueAt } from "../../catalog";
import type { PlatformSettings } from "../../catalog";
import type { Program } from "./settings";

/** Values of the operator's chart that name images: ToolHive v0.48 deploy/charts/operator/values.yaml. */
const chartValues = {
  operator: "image",
  proxyrunner: "toolhiveRunnerImage",
  vmcp: "vmcpImage",
} as const;

const publishedChart = settingsSchema.parse({}).platform.operator.chart;

/** The image that runs a program which the settings name no image for, or why that cannot be told. */
export type ChartImage =
  | { readonly image: string; readonly problem?: undefined }
  | {
      readonly image?: undefined;
      readonly problem: {
        /** Path of the setting, below mcp-fleet:platform. */
        readonly path: readonly string[];
        readonly message: string;
      };
    };

/** The image that the operator's chart has for a program; what is not known for sure is not guessed. */
export function chartImage(
  program: Program,
  { operator }: PlatformSettings,
  project: string,
): ChartImage {
  const { chart, version, values } = operator;
  const path = ["operator", chartValues[program]];
  if (valueAt(values, path) !== undefined)
    return {
      problem: {
        path: ["operator", "values", ...path],
        message: `names the image of ${program} where no digest is written; move it to mcp-fleet:platform.images.${program}`,
      },
    };
  const image =
    chart === publishedChart
      ? `ghcr.io/stacklok/toolhive/${program}:v${version}`
      : valueAt(folderValues(join(project, chart)), path);
  if (typeof image === "string" && parseImage(image)) return { image };
  const message = `is missing, and which image the chart ${show(chart)} has is not known here; write it`;
  return { problem: { path: ["images", program], message } };
}

/** Values of a chart in a folder; none when they cannot be read, as when it is no folder. */
function folderValues(folder: string): unknown {
  try {
    return parse(readFileSync(join(folder, "values.yaml"), "utf8"));
  } catch {
    return undefined;
  }
}
