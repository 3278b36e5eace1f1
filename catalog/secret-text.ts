import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import type {
  SecretLintRuleContext,
  SecretLintRuleReportHandler,
  SecretLintSourceCode,
} from "@secretlint/types";

/*
 * secretlint's recommended rules know the tokens of some twenty-five services. They are called as its own
 * core calls them, but one after the other and at once: the core is asynchronous, these rules are not.
 */
const found: string[] = [];

const context: SecretLintRuleContext = {
  sharedOptions: {},
  // The rules' texts repeat the secret; what they call their finding does not.
  createTranslator: () => (messageId) => ({
    message: String(messageId),
    messageId: String(messageId),
    data: undefined,
  }),
  report: ({ message }) => void found.push(message.messageId),
  ignore: () => undefined,
};

let handlers: readonly SecretLintRuleReportHandler[] | undefined;

function rules(): readonly SecretLintRuleReportHandler[] {
  const made: SecretLintRuleReportHandler[] = [];
  creator.create(
    {
      sharedOptions: {},
      registerRule: (rule) => {
        if (rule.meta.type === "scanner") made.push(rule.create(context, {} as never));
      },
    },
    {},
  );
  return made;
}

// Shapes that those rules leave out, or only know in a context that an entry does not give.
const shapes: readonly (readonly [kind: string, shape: RegExp])[] = [
  ["PRIVATE_KEY", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["JWT", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/],
  ["BEARER_TOKEN", /\bBearer\s+[\w.~+/-]{16,}/],
  ["AWS_ACCESS_KEY_ID", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["GOOGLE_API_KEY", /\bAIza[\w-]{35}\b/],
  ["STRIPE_KEY", /\b[rs]k_live_[0-9A-Za-z]{16,}/],
  ["VAULT_TOKEN", /\bhv[sbr]\.[\w-]{20,}/],
  ["HUGGINGFACE_TOKEN", /\bhf_[0-9A-Za-z]{30,}\b/],
  ["OPENAI_KEY", /\bsk-(?:proj-)?[\w-]{32,}/],
];

/** What kind of secret a text holds, in the detector's word; undefined when it knows none in it. */
export function secretIn(text: string): string | undefined {
  // No token that the rules know is shorter.
  if (text.length < 12) return undefined;
  const known = shapes.find(([, shape]) => shape.test(text));
  if (known) return known[0];
  handlers ??= rules();
  found.length = 0;
  const source = { content: text, contentType: "text", ext: "", filePath: undefined };
  for (const handler of handlers) void handler.file?.(source as unknown as SecretLintSourceCode);
  return found[0];
}

const secretName =
  /(?:^|[_.-])(?:token|password|passwd|passphrase|pwd|secret|secrets|api[_-]?key|apikey|access[_-]?key|secret[_-]?key|private[_-]?key|client[_-]?secret|credentials?|pat|pass|auth(?:orization)?)(?:[_.-]?\d+)?$/i;

/**
 * Whether a name says that its value is secret: `GITHUB_TOKEN`, `--api-key`. Not when the value itself
 * cannot be one: a number, a word of yes or no, the path of a file, or nothing.
 */
export function namesSecret(name: string, value: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  return (
    secretName.test(words) && !/^(?:|[\d.]+|true|false|yes|no|none|\/.*|file:.*)$/i.test(value)
  );
}
