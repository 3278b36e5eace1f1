import type { Result } from "./result";

const width = 860;
const label = 190;
const bar = 16;
const gap = 6;
const shades = ["#2563eb", "#d97706", "#059669", "#9333ea", "#64748b"];

/**
 * Bars of the time that each contestant took, for the largest catalogue that all of them have done, a group for each phase.
 * @param results What was measured; of several rounds the shortest is drawn.
 * @param phases The phases, from above.
 */
export function chart(results: readonly Result[], phases: readonly Result["phase"][]): string {
  const contestants = [...new Set(results.map(({ contestant }) => contestant))];
  const sizes = [...new Set(results.map(({ entries }) => entries))].filter((entries) =>
    contestants.every((name) =>
      results.some((result) => result.entries === entries && result.contestant === name),
    ),
  );
  const entries = Math.max(...sizes);
  const wall = (name: string, phase: Result["phase"]): number =>
    Math.min(
      ...results
        .filter((one) => one.entries === entries && one.contestant === name && one.phase === phase)
        .map((one) => one.wall),
    );
  const longest = Math.max(
    ...phases.flatMap((phase) =>
      contestants.map((name) => wall(name, phase)).filter((seconds) => Number.isFinite(seconds)),
    ),
  );
  const lines: string[] = [];
  let y = 40;
  for (const phase of phases) {
    lines.push(text(label - 10, y + bar - 4, phase, "end"));
    for (const [i, name] of contestants.entries()) {
      const seconds = wall(name, phase);
      if (!Number.isFinite(seconds)) continue;
      const length = Math.max(1, (seconds / longest) * (width - label - 80));
      lines.push(
        `<rect x="${label}" y="${y}" width="${length.toFixed(1)}" height="${bar}" fill="${shades[i % shades.length] ?? ""}"/>`,
        text(label + length + 6, y + bar - 4, `${seconds.toFixed(1)} s`, "start"),
      );
      y += bar + 2;
    }
    y += gap + 6;
  }
  const legend = contestants.map(
    (name, i) =>
      `<rect x="${label + i * 165}" y="12" width="12" height="12" fill="${shades[i % shades.length] ?? ""}"/>${text(label + i * 165 + 18, 22, name, "start")}`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" font-family="sans-serif" font-size="12">`,
    `<title>Seconds that each took for ${entries} entries</title>`,
    `<rect width="${width}" height="${y}" fill="#ffffff"/>`,
    text(10, 22, `${entries} entries`, "start"),
    ...legend,
    ...lines,
    "</svg>",
    "",
  ].join("\n");
}

function text(x: number, y: number, value: string, anchor: "start" | "end"): string {
  return `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}" fill="#111827">${value}</text>`;
}
