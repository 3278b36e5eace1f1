import { unpinnedProxyrunner } from "./platform-image";
import { show } from "./problem";
import type { SettingFinding } from "./setting-rules";
import { tiersOf } from "./settings";
import type { Settings } from "./settings";

/** Rules over admission: a rule that would refuse our own pods is refused here. */
export function admissionRules(settings: Settings): readonly SettingFinding[] {
  const { admission } = settings;
  if (!admission) return [];
  const today = new Date().toISOString().slice(0, 10);
  const over = admission.exemptions.flatMap(({ name, until }, i) =>
    until < today
      ? [
          {
            path: ["admission", "exemptions", i, "until"],
            message: `${show(until)} is over; remove the exemption ${show(name)}, or write a later day`,
          },
        ]
      : [],
  );
  const strict = tiersOf(settings).filter(({ image }) => image.digest);
  const unpinned = unpinnedProxyrunner(settings);
  return strict.length > 0 && unpinned !== undefined
    ? [
        ...over,
        {
          path: ["platform", "images", "proxyrunner"],
          message: `${unpinned}, and tier ${strict.map(({ sensitivity }) => sensitivity).join(" and ")} admits no pod without one, proxies too; run mcp-fleet pin --stack <env>`,
        },
      ]
    : over;
}
