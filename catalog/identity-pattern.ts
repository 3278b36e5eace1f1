import { show } from "./problem";

/*
 * What JavaScript's engine and Go's read alike: the rest is refused, whichever knows more of it. Classes by
 * name or script, flags, and anchors inside a pattern are never needed to say who signs.
 */
const punctuation = "\\\\[!-/:-@[-`{-~]";
const several = "\\\\[dDsSwW]";
const one = `(?:[^\\\\[\\]-]|${punctuation})`;
const token = new RegExp(
  [
    "(?<repeat>(?:[*+?]|\\{(?<from>\\d{1,4})(?:,(?<to>\\d{0,4}))?\\})\\??(?![*+?{]))",
    "\\((?:\\?:|(?!\\?))|[).|]",
    // A hyphen stands between two characters, or last.
    `\\[\\^?(?!\\^)(?:${one}(?:-${one})?|${several})+-?\\]`,
    punctuation,
    several,
    "[^\\\\^$.|?*+()[\\]{}]",
  ].join("|"),
  "y",
);

/** Repetitions that Go's engine takes at most, those inside of others multiplied. */
const mostRepetitions = 1000;

/** Identities of people whom nobody means: a pattern that fits one says nothing. */
const strangers = [
  "stranger@stranger.invalid",
  "https://stranger.invalid/stranger/stranger/.github/workflows/stranger.yml@refs/tags/v1.0.0",
  "https://github.com/stranger/stranger/.github/workflows/stranger.yml@refs/tags/v1.0.0",
  "https://gitlab.com/stranger/stranger//.gitlab-ci.yml@refs/tags/v1.0.0",
];

/**
 * What is wrong with a pattern of identities; undefined when nothing is. Engines are written in Go, so its
 * regular expressions (RE2) decide; they look for a match anywhere, so a pattern has its own anchors.
 */
export function identityPatternProblem(pattern: string): string | undefined {
  const [, body] = /^\^(.*)\$$/s.exec(pattern) ?? [];
  if (body === undefined || /(?:^|[^\\])(?:\\\\)*\\$/.test(body))
    return "is not anchored, so it would match inside other identities; begin it with ^ and end it with $";
  const unknown = firstUnknown(body);
  if (unknown !== undefined)
    return `has ${show(unknown)}, which Go's engine (RE2) does not take there; write it without`;
  if (hasAlternativeOutside(body))
    return "has | outside parentheses, so only one side is anchored; put the alternatives in parentheses";
  let compiled: RegExp;
  try {
    compiled = new RegExp(pattern);
  } catch {
    return "is no pattern; mend its syntax";
  }
  return strangers.some((one) => compiled.test(one))
    ? "fits strangers' identities too; write the host and the owner of those who sign, dots as \\."
    : undefined;
}

/** The first piece of a pattern that both engines do not take alike. */
function firstUnknown(body: string): string | undefined {
  let repetitions = 1;
  for (let at = 0; at < body.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(body);
    if (!found) return pieceAt(body, at);
    const { repeat, from = "1", to = from } = found.groups ?? {};
    repetitions *= Math.max(1, Number(from), Number(to));
    if (repetitions > mostRepetitions) return repeat;
  }
  return undefined;
}

/** A piece that is not taken, as long as a reader needs to find it. */
function pieceAt(body: string, at: number): string {
  const rest = body.slice(at);
  return /^(?:\\.|\(\?<?.|\[(?:\^\]|\[:)|[*+?]{2}|\{[\d,]*\}|.)/s.exec(rest)?.[0] ?? rest;
}

function hasAlternativeOutside(body: string): boolean {
  const plain = body.replace(/\\./gs, "").replace(/\[[^\]]*\]/g, "");
  let depth = 0;
  for (const char of plain) {
    if (char === "(") depth++;
    if (char === ")") depth--;
    if (char === "|" && depth === 0) return true;
  }
  return false;
}
