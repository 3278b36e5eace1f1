/**
 * A text as a literal of CEL, whatever it holds; half a character, which no text of CEL can hold, becomes U+FFFD.
 * What is not to be seen is written by its number: YAML, as which the API server reads what is applied, takes
 * some of it for an error (YAML 1.2 §5.1).
 */
export function literal(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|\ufffd/gu,
    (character) => {
      const number = (character.codePointAt(0) ?? 0).toString(16);
      return number.length > 4 ? `\\U${number.padStart(8, "0")}` : `\\u${number.padStart(4, "0")}`;
    },
  );
}

/** Texts as a list of CEL; a typed one also when it is empty. */
export function listOf(texts: readonly string[]): string {
  return texts.length === 0 ? `"".split("", 0)` : `[${texts.map(literal).join(", ")}]`;
}

/** All that every one of these holds for. */
export function all(conditions: readonly string[]): string {
  return conditions.map((each) => `(${each})`).join(" && ");
}

/** CEL that is true of requests over ToolHive's kinds. */
export const toolhive = 'request.resource.group == "toolhive.stacklok.dev"';

/** CEL that is true of requests over some kinds, by their names in the API. */
export function over(...resources: readonly string[]): string {
  return `request.resource.resource in ${listOf(resources)}`;
}

/** What ToolHive lays over the pods that it makes. */
export const podTemplate = "object.spec.?podTemplateSpec";
