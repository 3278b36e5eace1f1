/** How a registry wants to be asked, from the header WWW-Authenticate. */
export type Challenge =
  | { readonly scheme: "basic" }
  | {
      readonly scheme: "bearer";
      /** Who gives tokens. */
      readonly realm: URL;
      /** Name of the registry there. */
      readonly service?: string;
      /** What the token must be good for. */
      readonly scope?: string;
    };

const parameter =
  /(?:(?<scheme>[\w-]+)[ \t]+)?(?<name>[\w-]+)[ \t]*=[ \t]*(?:"(?<quoted>(?:\\.|[^"\\])*)"|(?<plain>[^\s,"]+))/g;

/**
 * The challenge that is answered, of those that a header holds: tokens before passwords; undefined when
 * there is none of either.
 * Rule: RFC 9110, 11.6.1; the bearer's parameters are those of distribution.github.io/distribution/spec/auth.
 */
export function parseChallenge(header: string): Challenge | undefined {
  const found: { readonly scheme: string; readonly values: Map<string, string> }[] = [];
  for (const { groups = {} } of header.matchAll(parameter)) {
    const { scheme, name = "", quoted, plain = "" } = groups;
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), values: new Map() });
    found.at(-1)?.values.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain);
  }
  const bearer = found.find(({ scheme }) => scheme === "bearer")?.values;
  const realm = bearer?.get("realm") ?? "";
  if (bearer && URL.canParse(realm)) {
    const [service, scope] = [bearer.get("service"), bearer.get("scope")];
    return {
      scheme: "bearer",
      realm: new URL(realm),
      ...(service !== undefined && { service }),
      ...(scope !== undefined && { scope }),
    };
  }
  return found.some(({ scheme }) => scheme === "basic") ? { scheme: "basic" } : undefined;
}
