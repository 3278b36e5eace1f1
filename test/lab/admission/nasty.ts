import * as fc from "fast-check";
import { settingsFromConfig, tiersOf } from "../../../catalog";
import { project } from "../../../lab/settings";
import { renderAdmission } from "../../../manifests";
import { later } from "./fleet";
import type { Sent } from "./person";

// What has a meaning in CEL, JSON or YAML, or is not what it looks like.
const odd = Array.from("\ud800\"'\\`${}()[]|&!?:,;#%\u007f\u00a0é\u2028\ufeff😀\u0001");
const users = fc
  .array(fc.oneof(fc.constantFrom(...odd), fc.string({ unit: "binary", maxLength: 4 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((parts) => `u${parts.join("").replace(/\s/gu, "_")}`);

// One line without control characters, which begins and ends with something to be seen.
const reasons = users.map(
  (text) => `"${text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ").slice(0, 150)}\\`,
);

const registries = fc.stringMatching(/^[a-z0-9.-]{1,20}(?::\d{1,5})?(?:\/[a-z0-9._-]{1,9}){0,2}$/);
const words = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
const image = `ghcr.io/stacklok/toolhive/proxyrunner@sha256:${"0".repeat(64)}`;

/** Settings of admission that the settings' own rules let pass. */
export const nasty = fc
  .record({
    users: fc.array(users, { minLength: 1, maxLength: 3 }),
    group: users,
    names: fc.array(words, { maxLength: 3 }),
    reason: reasons,
    registries: fc.array(registries, { minLength: 1, maxLength: 4 }),
    account: words,
    namespace: words,
    auth: fc.boolean(),
  })
  .map((given) => ({
    platform: {
      namespace: given.namespace,
      images: { proxyrunner: image },
      operator: { values: { operator: { serviceAccount: { name: given.account } } } },
    },
    oidc: { issuer: "https://idp.example.com" },
    admission: {
      deployers: [...given.users.map((user) => ({ user })), { group: given.group }],
      exemptions: given.names.map((name) => {
        return { name, tier: "internal", reason: given.reason, until: later, users: given.users };
      }),
    },
    tiers: {
      internal: {
        namespace: `x-${given.namespace}`,
        serviceAccount: given.account,
        auth: given.auth,
        image: { digest: given.auth, registries: given.registries },
      },
    },
  }));

/** The policies of all tiers of an environment with such settings. */
export function policiesOf(values: object): readonly Sent[] {
  const settings = settingsFromConfig({ ...values }, project, "lab");
  const { admission, platform } = settings;
  if (!admission) throw new Error("there is no admission");
  return tiersOf(settings)
    .flatMap((tier) => renderAdmission({ tier, admission, platform }))
    .map(({ manifest }) => ({ ...manifest, metadata: { ...manifest.metadata } }));
}
