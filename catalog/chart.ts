import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { show } from "./problem";
import type { Settings } from "./settings";
import { signatureEngines } from "./signature-engines";

/** A complaint about a chart in a folder. */
export interface ChartProblem {
  /** Path of the setting. */
  readonly path: readonly string[];
  /** What is wrong and what to write instead. */
  readonly message: string;
}

/** A chart as settings name it. */
interface NamedChart {
  readonly chart: string;
  readonly version: string;
}

/**
 * Checks the charts that are folders: each must hold the chart that it stands for, at the version
 * that the settings name. Charts by OCI reference are for Helm to find.
 */
export function chartProblems(
  { platform, signatures }: Settings,
  projectFolder: string,
): readonly ChartProblem[] {
  const { crds, operator } = platform;
  return [
    ...chartFindings(["platform", "crds"], "toolhive-operator-crds", crds, projectFolder),
    ...chartFindings(["platform", "operator"], "toolhive-operator", operator, projectFolder),
    ...(signatures?.chart
      ? chartFindings(
          ["signatures", "chart"],
          signatureEngines[signatures.engine].chart,
          signatures.chart,
          projectFolder,
        )
      : []),
  ];
}

function chartFindings(
  path: readonly string[],
  name: string,
  { chart, version }: NamedChart,
  projectFolder: string,
): readonly ChartProblem[] {
  if (isReference(chart)) return [];
  const at = (key: string, message: string): readonly ChartProblem[] => [
    { path: [...path, key], message },
  ];
  const file = join(resolve(projectFolder, chart), "Chart.yaml");
  if (!existsSync(file))
    return at("chart", `${show(chart)} holds no Chart.yaml; write a chart's folder or oci://…`);
  const found = readChart(file);
  if (found?.name !== name)
    return at("chart", `${show(chart)} holds the chart ${show(found?.name)}; ${name} belongs here`);
  if (found.version !== version)
    return at(
      "version",
      `${show(version)} is asked for, but ${show(chart)} holds ${show(found.version)}; write that, or take another chart`,
    );
  return [];
}

/** Whether a chart is named by an OCI reference and not by a folder. */
export function isReference(chart: string): boolean {
  return chart.startsWith("oci://");
}

function readChart(
  file: string,
): { readonly name?: unknown; readonly version?: unknown } | undefined {
  try {
    const chart: unknown = parse(readFileSync(file, "utf8"));
    return typeof chart === "object" && chart !== null ? chart : undefined;
  } catch {
    return undefined;
  }
}
