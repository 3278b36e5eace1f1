import { anyProxy, anyRemote, backendKey } from "../../manifests";
import { at, fields, items, text, texts } from "../plain-data";

const proxyApps: readonly string[] = [anyProxy.app, anyRemote.app];

// Every pod of ToolHive has it; Cilium writes where a label is from before it.
const ofAll = /^(?:any:|k8s:)?toolhive$/;

/** Which values of which labels a selector demands. */
function demands(selector: unknown): readonly (readonly [string, readonly string[]])[] {
  const labels = Object.entries(texts(at(selector, "matchLabels"))).map(
    ([key, value]) => [key, [value]] as const,
  );
  const lists = items(at(selector, "matchExpressions"))
    .filter((one) => at(one, "operator") === "In")
    .map(
      (one) =>
        [
          text(at(one, "key")) ?? "",
          items(at(one, "values")).flatMap((value) => text(value) ?? []),
        ] as const,
    );
  return [...labels, ...lists].filter(([key]) => !ofAll.test(key));
}

/** Whether a selector of peers demands no label's value: it selects all, or all but some. */
export function selectsAll(selector: unknown): boolean {
  return demands(selector).length === 0;
}

/** Whether a policy's selector selects every pod, or every one but some; every backend is a group of its own. */
export function selectsEveryPod(selector: unknown): boolean {
  const backends = items(at(selector, "matchExpressions")).some(
    (one) => at(one, "operator") === "Exists" && at(one, "key") === backendKey,
  );
  return selectsAll(selector) && !backends;
}

/** Whether a policy's selector names pods, and not a group such as all proxies or all backends. */
export function namesPods(selector: unknown): boolean {
  return demands(selector).some(
    ([key, values]) => key !== "app" || !values.some((value) => proxyApps.includes(value)),
  );
}

/** Whether a policy's selector selects proxies alone. */
export function selectsProxies(selector: unknown): boolean {
  return proxyApps.includes(text(at(selector, "matchLabels", "app")) ?? "");
}

/** The values of a label that a selector demands; none when it does not look at it. */
export function demanded(selector: unknown, label: string): readonly string[] {
  return demands(selector).flatMap(([key, values]) => (key === label ? values : []));
}

/** The keys of the labels that a selector looks at. */
export function labelsOf(selector: unknown): readonly string[] {
  return [
    ...fields(at(selector, "matchLabels")).map(([key]) => key),
    ...items(at(selector, "matchExpressions")).flatMap((one) => text(at(one, "key")) ?? []),
  ];
}
