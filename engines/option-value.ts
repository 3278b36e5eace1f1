import { z } from "zod";
import { show } from "../catalog";

/** Text of one option; `expects` and `example` are what its errors tell to write. */
export function value(
  expects: string,
  example: string,
  pattern: RegExp,
  shown: (input: unknown) => string = show,
): z.ZodString {
  const fix = `write ${expects}, for example ${example}`;
  const error = ({ input }: { readonly input?: unknown }): string =>
    input === undefined ? `is missing; ${fix}` : `${shown(input)} does not fit; ${fix}`;
  return z.string({ error }).regex(pattern, { error });
}

/** A text that may be an address with a password in it, which must not come into a log. */
export function withoutPassword(input: unknown): string {
  return show(typeof input === "string" ? input.replace(/\/\/[^/]*@/, "//...@") : input);
}

/** A text that may be a secret value, where its place was to be named. */
export function withoutValue(input: unknown): string {
  const [variable = "", secret] = typeof input === "string" ? input.split("=") : [];
  return secret === undefined ? "what is given" : show(`${variable}=...`);
}
