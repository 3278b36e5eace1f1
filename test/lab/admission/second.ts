import { parseAllDocuments } from "yaml";
import type { Api } from "../../../lab/run/api";
import { renderAdmission, renderFiles } from "../../../manifests";
import { assertDone, personOf, until } from "./cluster";
import { asking } from "./exemption-rows";
import { carol, exemptions, past, tierOf } from "./fleet";
import type { Sent } from "./person";
import { authServer, other, unguardedPod } from "./samples";

/** Makes what the second fleet's tiers are made of, and its server, as `kubectl apply` would. */
export async function applySecond(api: Api): Promise<void> {
  const deployer = personOf(api, carol);
  const { settings, entries } = other;
  const { apiServer = [] } = settings.network;
  for (const text of renderFiles(entries, settings, apiServer).values())
    for (const document of parseAllDocuments(text))
      assertDone(await deployer.apply(document.toJS() as Sent));
  // Settings refuse a day that is over; a fleet that has not been deployed since then has one.
  const [{ name, reason, users }] = exemptions;
  const admission = {
    deployers: [{ user: carol }],
    exemptions: [{ name, reason, tier: "public" as const, until: past, users: [...users] }],
  };
  const tier = tierOf(other, "public");
  for (const { manifest } of renderAdmission({ tier, admission, platform: settings.platform }))
    assertDone(await deployer.apply({ ...manifest, metadata: { ...manifest.metadata } }));
  // The API server takes a policy up some time after it has been made.
  for (const object of [asking(unguardedPod), authServer])
    await until("the second fleet's policies", async () => {
      const { code } = await personOf(api, "mallory").create(object, true);
      return code === 403;
    });
}
