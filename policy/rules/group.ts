import type { Path, Tier } from "../../catalog";
import type { Violation } from "../rule";
import { namesPods, selectsEveryPod, selectsProxies } from "./selectors";

/** What is wrong with whom the rules of a policy are for. */
export function everyPod(
  selector: unknown,
  path: Path,
  { sensitivity }: Tier,
): readonly Violation[] {
  return selectsEveryPod(selector)
    ? [
        {
          path,
          message: `selects every pod of tier ${sensitivity}, and all of them get these rules; name the pods`,
          missing: selector === undefined,
        },
      ]
    : [];
}

/** Who forbids the internet to the pods of a policy; undefined when they may reach it. */
export function closedTo(selector: unknown, { sensitivity, openEgress }: Tier): string | undefined {
  // One entry may say egress: internet, and none says it for others.
  if (!namesPods(selector)) return "no group of pods is allowed";
  // The issuer and Redis of the environment may be outside, whatever the tier allows its entries.
  return openEgress || selectsProxies(selector) ? undefined : `tier ${sensitivity} does not allow`;
}
