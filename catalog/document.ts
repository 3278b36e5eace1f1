import {
  Document,
  LineCounter,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  parseAllDocuments,
  visit,
} from "yaml";
import type { Node } from "yaml";
import type { Position, Problem } from "./problem";

/** Keys and indexes that lead to a value, from the root. */
export type Path = readonly (string | number)[];

/** A parsed YAML file, with the positions of its values. */
export interface YamlDocument {
  /** The file as the user named it. */
  readonly file: string;
  /** The plain value; null when the file holds nothing. */
  readonly value: unknown;
  /** Where the value at a path stands; the nearest parent's place when there is no such value. */
  readonly locate: (path: Path) => Position;
  /** Where a key itself stands, for complaints about keys. */
  readonly locateKey: (path: Path) => Position;
}

/** A document, or what was wrong with the text; never both. */
export type ParsedYaml =
  | { readonly document: YamlDocument; readonly problems?: undefined }
  | { readonly document?: undefined; readonly problems: readonly Problem[] };

// An alias can repeat its anchor; a catalogue needs few, an expansion attack needs many.
const maxAliasCount = 50;

/**
 * Reads the YAML 1.2 text of one file that must hold one document. Duplicate keys, unknown tags and
 * every other warning of the parser are problems: what is read must be what was meant.
 */
export function parseYaml(file: string, text: string): ParsedYaml {
  const lineCounter = new LineCounter();
  const position = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const error = (message: string, at?: Position): Problem => ({
    file,
    position: at,
    path: "",
    message,
    severity: "error",
  });
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, version: "1.2" });
  const syntax = documents.flatMap((document) =>
    [...document.errors, ...document.warnings].map((e) =>
      error(`this is not valid YAML: ${describe(e.code, e.message)}`, position(e.pos[0])),
    ),
  );
  if (syntax.length > 0) return { problems: syntax };
  const [version] = documents.flatMap(({ directives }) =>
    directives.yaml.explicit === true && directives.yaml.version !== "1.2" ? [directives.yaml] : [],
  );
  if (version)
    return {
      problems: [
        error(`this is YAML ${version.version}; remove the %YAML line: entries are YAML 1.2`),
      ],
    };
  const [document = new Document(null), second] = documents as readonly Document.Parsed[];
  if (second !== undefined) {
    const at = position(second.range[0]);
    return {
      problems: [
        error("a second YAML document starts here; write one document a file, without `---`", at),
      ],
    };
  }
  const proto = protoKey(document);
  if (proto)
    return { problems: [error('the key "__proto__" names nothing; remove it', position(proto))] };
  try {
    const value: unknown = document.toJS({ maxAliasCount });
    return { document: { file, value, ...locators(document, position) } };
  } catch (cause) {
    return { problems: [error(`this YAML cannot be read: ${(cause as Error).message}`)] };
  }
}

/** Where a key stands that JavaScript keeps for itself, so that it would be lost without a word. */
function protoKey(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value !== "__proto__") return undefined;
      found = key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

function describe(code: string, message: string): string {
  const advice: Readonly<Record<string, string>> = {
    DUPLICATE_KEY: "a key stands twice in one map; keep one of them",
    TAB_AS_INDENT: "a tab is used as indentation; use spaces",
    MULTILINE_IMPLICIT_KEY: "a key runs over a line's end; a `:` or a quote may be missing above",
    TAG_RESOLVE_FAILED: `${message}; write plain YAML without tags`,
  };
  return advice[code] ?? message;
}

function locators(
  document: Document,
  position: (offset: number) => Position,
): Pick<YamlDocument, "locate" | "locateKey"> {
  const start = (node: unknown): Position | undefined =>
    isNode(node) && node.range ? position(node.range[0]) : undefined;
  const root = start(document.contents) ?? { line: 1, column: 1 };
  const locate = (path: Path): Position => {
    for (let length = path.length; length > 0; length--) {
      const found = start(document.getIn(path.slice(0, length), true));
      if (found) return found;
    }
    return root;
  };
  const locateKey = (path: Path): Position => {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const key = path.at(-1);
    if (isCollection(parent) && isMap(parent)) {
      const pair = parent.items.find((p) => isPair(p) && keyOf(p.key as Node) === String(key));
      const found = start(pair?.key);
      if (found) return found;
    }
    return locate(path);
  };
  return { locate, locateKey };
}

function keyOf(key: Node | null): string {
  return isScalar(key) ? String(key.value) : String(key);
}
