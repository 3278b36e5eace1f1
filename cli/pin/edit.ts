import { isDeepStrictEqual } from "node:util";
import { isAlias, isCollection, isMap, isScalar, isSeq, parseDocument, stringify } from "yaml";
import type { Node, Pair, ParsedNode, YAMLMap } from "yaml";

/** Keys that lead to a value, from the root. */
export type EditPath = readonly string[];

/** Raised when a value cannot be written without touching something else. */
export class EditError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "EditError";
  }
}

/**
 * YAML text with one value of text set, every other byte as it was. A value that is not there is added
 * after what its map holds, as that map is written: in lines or in braces.
 * @throws {EditError} when that cannot be done.
 */
export function setText(text: string, path: EditPath, value: string): string {
  const document = parseDocument(text);
  const node = document.getIn(path, true);
  const edited =
    node === undefined
      ? inserted(text, document.contents, path, value)
      : replaced(text, node, value);
  // What is in the file must be what was there and the value, whatever the text looked like.
  const after = parseDocument(edited);
  const wanted = withValue(document.toJS(), path, value);
  if (after.errors.length > 0 || !isDeepStrictEqual(after.toJS(), wanted))
    throw new EditError("it stands where nothing can be written without changing something else");
  return edited;
}

function withValue(content: unknown, [key, ...rest]: EditPath, value: string): unknown {
  if (key === undefined) return value;
  const map = (content ?? {}) as Readonly<Record<string, unknown>>;
  return { ...map, [key]: withValue(map[key], rest, value) };
}

function replaced(text: string, node: unknown, value: string): string {
  if (isAlias(node)) throw new EditError("an alias stands in its place");
  if (!isScalar(node) || typeof node.value !== "string" || !node.range)
    throw new EditError("something else than text stands in its place");
  const [start, end] = node.range;
  // The first line of a block holds its mark, and maybe a comment, which may name the image too.
  const isBlock = node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL";
  const at = text.indexOf(node.value, isBlock ? text.indexOf("\n", start) : start);
  if (at < 0 || at >= end) throw new EditError("it is written with escapes");
  return text.slice(0, at) + value + text.slice(at + node.value.length);
}

function inserted(
  text: string,
  contents: ParsedNode | null,
  path: EditPath,
  value: string,
): string {
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = (rest: EditPath, indent: number): string =>
    stringify(nested(rest, value), { lineWidth: 0 })
      .trimEnd()
      .split("\n")
      .map((line) => " ".repeat(indent) + line + lineBreak)
      .join("");
  if (!contents) return addLines(text, text.length, lines(path, 0), lineBreak);
  let node: unknown = contents;
  for (const [depth, key] of path.entries()) {
    if (!isMap<Node, Node | null>(node)) break;
    const rest = path.slice(depth);
    const pair = node.items.find(({ key: own }) => isScalar(own) && own.value === key);
    if (!pair)
      return node.flow
        ? intoBraces(text, node, rest, value)
        : addLines(text, endOf(node), lines(rest, columnOf(text, node)), lineBreak);
    if (isScalar(pair.value) && pair.value.value === null && !node.flow) {
      const indent = columnOf(text, node) + 2;
      return addLines(text, endOf(pair), lines(path.slice(depth + 1), indent), lineBreak);
    }
    node = pair.value;
  }
  throw new EditError("what stands above it is no map");
}

/** Puts lines after the one that holds a place. */
function addLines(text: string, after: number, lines: string, lineBreak: string): string {
  const isLineStart = after === 0 || text[after - 1] === "\n";
  const end = isLineStart ? after - 1 : text.indexOf("\n", after);
  if (end < 0 && !isLineStart) return text + lineBreak + lines;
  return text.slice(0, end + 1) + lines + text.slice(end + 1);
}

function intoBraces(text: string, map: YAMLMap<Node, Node | null>, path: EditPath, value: string) {
  const braces = stringify(nested(path, value), { lineWidth: 0, collectionStyle: "flow" }).trim();
  const inner = braces.slice(1, -1).trim();
  const last = map.items.at(-1);
  if (last) return `${text.slice(0, endOf(last))}, ${inner}${text.slice(endOf(last))}`;
  const [start, end] = [startOf(map), endOf(map)];
  const isBare = text.slice(start + 1, end - 1).trim() === "";
  if (isBare) return text.slice(0, start) + braces + text.slice(end);
  return `${text.slice(0, start + 1)} ${inner}${text.slice(start + 1)}`;
}

function nested(path: EditPath, value: string): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

function startOf({ range }: Node): number {
  return range?.[0] ?? 0;
}

function columnOf(text: string, map: YAMLMap): number {
  const start = startOf(map);
  return start - (text.lastIndexOf("\n", start - 1) + 1);
}

/** Where a node's own text ends: that of a map in lines with its last value, before comments. */
function endOf(node: Node | Pair): number {
  if ("items" in node && isCollection(node) && !node.flow) {
    const last = node.items.at(-1);
    if (isSeq(node)) return last === undefined ? startOf(node) : endOf(last as Node);
    return endOf(last as Pair);
  }
  if ("key" in node) return endOf((node.value ?? node.key) as Node);
  return node.range?.[1] ?? 0;
}
