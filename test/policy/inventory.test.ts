import assert from "node:assert/strict";
import { join } from "node:path";
import { loadCatalogue, readSettings, tiersOf } from "../../catalog";
import type { Settings } from "../../catalog";
import { renderAdmission, renderEntry, renderTier } from "../../manifests";
import { project } from "../../lab/settings";
import { rules } from "../../policy/rules";
import type { StackObject } from "../../policy/stack-object";
import { inStack, said } from "./right";
import type { Plain } from "./right";

const apiServer = [{ cidr: "10.0.0.1/32", port: 6443 }];
const admission = { deployers: [{ user: "ci@example.com" }], exemptions: [] };

/** Every object of an environment, as its components make them. */
function objects(settings: Settings): readonly StackObject[] {
  const { network, oidc, platform } = settings;
  const tiers = tiersOf(settings);
  const paths = settings.catalogue.map((path) => join(project, path));
  const entries = loadCatalogue(paths, settings, () => undefined);
  return [
    ...tiers.flatMap((tier) => [
      ...renderTier({ tier, network, oidc, apiServer }),
      ...renderAdmission({ tier, admission, platform }),
    ]),
    ...entries.flatMap((entry) => {
      const tier = tiers.find(({ sensitivity }) => sensitivity === entry.sensitivity);
      return tier ? renderEntry({ entry, tier, environment: settings, apiServer }) : [];
    }),
  ].map(({ manifest }) => inStack(JSON.parse(JSON.stringify(manifest)) as Plain));
}

describe("the shipped inventory", () => {
  for (const environment of ["dev", "staging", "prod"])
    it(`breaks no mandatory rule in ${environment}`, () => {
      const settings = readSettings(project, environment);
      const all = objects(settings);
      assert.ok(all.length > 30, String(all.length));
      const tiers = settings.tiers;
      for (const { id } of rules.filter(({ enforcement }) => enforcement === "mandatory"))
        assert.deepEqual(said(id, all, { tiers }), [], id);
    });
});
