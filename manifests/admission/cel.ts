/** A text as a literal of CEL, whatever it holds. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

/** Texts as a list of CEL; a typed one also when it is empty. */
export function listOf(texts: readonly string[]): string {
  return texts.length === 0 ? `"".split("", 0)` : `[${texts.map(literal).join(", ")}]`;
}
