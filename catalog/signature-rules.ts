import type { Entry } from "./entry";
import { unpinnedProxyrunner } from "./platform-image";
import type { SettingFinding } from "./setting-rules";
import { tiersOf } from "./settings";
import type { Settings } from "./settings";

/** Rules over signatures: nothing that is demanded may go unverified. */
export function signatureRules(settings: Settings): readonly SettingFinding[] {
  const { signatures } = settings;
  const demanding = tiersOf(settings).flatMap(({ sensitivity, signature }) =>
    signature ? [sensitivity] : [],
  );
  if (!signatures)
    return demanding.map((sensitivity) => ({
      path: ["tiers", sensitivity, "signature"],
      message:
        "is demanded, and the environment names nothing that verifies it; write mcp-fleet:signatures, or remove it",
    }));
  const { install, chart } = signatures;
  const [first] = demanding;
  const found = first === undefined ? [] : movedProxies(settings, `tier ${first}`);
  if (install === (chart !== undefined)) return found;
  return [
    ...found,
    install
      ? {
          path: ["signatures", "chart"],
          message: "is missing, and install is true; write the chart of the engine",
        }
      : {
          path: ["signatures", "install"],
          message: "is false, and a chart is given; write true, or remove the chart",
        },
  ];
}

/** The same of an environment's entries, of which some have signatures of their own and their tiers have none. */
export function ownSignatureRules(
  entries: readonly Entry[],
  settings: Settings,
): readonly SettingFinding[] {
  if (tiersOf(settings).some(({ signature }) => signature)) return [];
  const first = entries.find((entry) => entry.kind === "Server" && entry.signature);
  return first ? movedProxies(settings, `entry ${first.name}`) : [];
}

/**
 * The policy-controller writes digests into the Deployments of every namespace that it looks at. ToolHive's
 * operator puts its own setting back, and both go on for ever, unless that is a digest.
 */
function movedProxies(settings: Settings, demanding: string): readonly SettingFinding[] {
  const found = unpinnedProxyrunner(settings);
  if (settings.signatures?.engine !== "policy-controller" || found === undefined) return [];
  return [
    {
      path: ["platform", "images", "proxyrunner"],
      message: `${found}, and ${demanding} has signatures verified by policy-controller, which writes digests into Deployments that ToolHive's operator takes out again; run mcp-fleet pin --stack`,
    },
  ];
}
