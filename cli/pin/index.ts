import pMap from "p-map";
import { RegistryClient, RegistryError } from "../../registry";
import type { Resolved } from "../../registry";
import { exitCode } from "../exit-code";
import { EditError, setText } from "./edit";
import { judge, isKnown, tagOf, unwritable } from "./outcome";
import type { Outcome, PinRights } from "./outcome";
import { Counter } from "./progress";
import { pinJson, pinText } from "./report";
import { pinSites } from "./site";
import type { PinFile, PinSite } from "./site";
import { writeAll } from "./write";

/** Options of `mcp-fleet pin`. */
export interface PinOptions {
  /** Environment whose entries and platform are pinned. */
  readonly stack?: string;
  /** Folder that holds Pulumi.yaml. */
  readonly project: string;
  /** Write nothing, and exit with 1 when an image is not pinned or its tag has moved. */
  readonly check?: boolean;
  /** Write the new digest where a tag has moved. */
  readonly update?: boolean;
  /** Print the result as JSON. */
  readonly json?: boolean;
}

type Answers = ReadonlyMap<string, Resolved | RegistryError>;

// Enough to hide how far registries are, and few enough to be no burden to one.
const concurrency = 8;

/**
 * `mcp-fleet pin`: writes every image by the digest that its tag points to; nothing when one cannot be
 * told. Exit code 1 when something is to be done yet, 2 when no registry could be reached at all.
 */
export async function pin(paths: readonly string[], options: PinOptions): Promise<void> {
  const { check = false, update = false, json = false, ...scope } = options;
  const sites = pinSites({ paths, ...scope });
  const answers = await resolveAll(sites.filter((site) => !isKnown(site)));
  const failures = [...answers.values()].filter((answer) => answer instanceof RegistryError);
  const write = !check && failures.length === 0;
  const stack = scope.stack === undefined ? [] : ["--stack", scope.stack];
  const command = ["mcp-fleet pin", ...stack].join(" ");
  const { outcomes, texts } = decide(sites, answers, { write, update, command });
  writeAll(texts);
  const written = [...texts.keys()].map(({ name }) => name);
  const report = { outcomes, written, mayWrite: !check };
  console.log(json ? pinJson(report) : pinText(report));
  if (outcomes.some(({ status }) => ["failed", "unpinned", "moved"].includes(status)))
    process.exitCode = exitCode.found;
  if (failures.length > 0 && [...answers.values()].every(isUnreached))
    process.exitCode = exitCode.failed;
}

/** Asks for each tag once, whoever names it. */
async function resolveAll(sites: readonly PinSite[]): Promise<Answers> {
  const questions = [...new Map(sites.map((site) => [tagOf(site), site.reference]))];
  const client = await RegistryClient.open();
  const counter = new Counter(questions.length);
  try {
    const answers = await pMap(
      questions,
      async ([tag, image]) => {
        const answer = await client.resolve(image).catch((error: unknown) => {
          if (error instanceof RegistryError) return error;
          throw error;
        });
        counter.next();
        return [tag, answer] as const;
      },
      { concurrency },
    );
    return new Map(answers);
  } finally {
    counter.end();
    await client.close();
  }
}

interface Decision {
  readonly outcomes: readonly Outcome[];
  readonly texts: ReadonlyMap<PinFile, string>;
}

/** What becomes of each place, and the files' new texts: of all or, when one cannot be written, of none. */
function decide(sites: readonly PinSite[], answers: Answers, rights: PinRights): Decision {
  const judged = (now: PinRights): readonly Outcome[] =>
    sites.map((site) => judge(site, isKnown(site) ? undefined : answers.get(tagOf(site)), now));
  const outcomes = judged(rights);
  const texts = new Map<PinFile, string>();
  const refused = new Map<PinSite, Outcome>();
  for (const outcome of outcomes) {
    const { site, status, pinned } = outcome;
    if (pinned === undefined || (status !== "pinned" && status !== "updated")) continue;
    try {
      texts.set(site.file, setText(texts.get(site.file) ?? site.file.text, site.path, pinned));
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      refused.set(site, unwritable(outcome, error.message));
    }
  }
  if (refused.size === 0) return { outcomes, texts };
  const unwritten = judged({ ...rights, write: false });
  return { outcomes: unwritten.map((own) => refused.get(own.site) ?? own), texts: new Map() };
}

function isUnreached(answer: Resolved | RegistryError): boolean {
  return answer instanceof RegistryError && !answer.reached;
}
