import type { Entry, EntryFile } from "./entry";
import { formatPath } from "./explain";
import type { Path } from "./document";
import type { Problem, Severity } from "./problem";
import { show } from "./problem";
import { tiersOf } from "./settings";
import type { Settings } from "./settings";
import type { Tier } from "./tier";

interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly severity: Severity;
}

/** Rules that depend on what an environment is: what it cannot make as written is refused. */
export function checkForEnvironment(
  files: readonly EntryFile[],
  settings: Settings,
): readonly Problem[] {
  const tiers = new Map(tiersOf(settings).map((tier) => [tier.sensitivity, tier]));
  return files.flatMap(({ document, entry }) => {
    const tier = entry && tiers.get(entry.sensitivity);
    if (!entry || !tier) return [];
    return egressRules(entry, tier, settings).map(({ path, message, severity }) => ({
      file: document.file,
      position: document.locate(path),
      path: formatPath(path),
      message,
      severity,
    }));
  });
}

function egressRules(entry: Entry, tier: Tier, { network }: Settings): readonly Finding[] {
  const { egress } = entry;
  const closed = `tier ${tier.sensitivity} does not allow open egress`;
  if (egress === "none") return [];
  if (egress === "internet")
    return tier.openEgress
      ? []
      : [
          {
            path: ["egress"],
            message: `"internet" cannot be had here: ${closed}; list the destinations`,
            severity: "error",
          },
        ];
  return egress.flatMap((destination, i): readonly Finding[] => {
    if (!("host" in destination)) return [];
    const { host, port } = destination;
    const unknown = `network engine ${network.engine} knows no host names`;
    return [
      tier.openEgress
        ? {
            path: ["egress", i, "host"],
            message: `${show(host)} is opened as every public address on port ${port}, because ${unknown}; take an engine that does, or write cidr`,
            severity: "note",
          }
        : {
            path: ["egress", i, "host"],
            message: `${show(host)} cannot be had here: ${unknown}, and ${closed}; take an engine that does, or write cidr`,
            severity: "error",
          },
    ];
  });
}
