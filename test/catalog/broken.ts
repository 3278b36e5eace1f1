import { changed, rightEntry } from "./catalogue-folder";

/** Files by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What is wrong, the files, and every message that is expected, in order. */
export type Broken = readonly (readonly [string, Files, readonly string[]])[];

/** A catalogue of one file. */
export function one(text: string | Uint8Array): Files {
  return { "c/e.yaml": text };
}

/** A catalogue of the right entry with one text replaced. */
export function edited(from: string, to: string): Files {
  return one(changed(from, to));
}

/** A catalogue of the right entry with lines more. */
export function plus(lines: string): Files {
  return one(`${rightEntry}${lines}\n`);
}

/** The right entry under another name, with lines more. */
export function named(name: string, lines = ""): string {
  return `${changed("name: osv", `name: ${name}`)}${lines}\n`;
}

/** A catalogue of the right entry as a stdio server, with lines more. */
export function stdioPlus(lines: string): Files {
  return one(`${changed("transport: streamable-http\nport: 8080", "transport: stdio")}${lines}\n`);
}

/** A remote that is right. */
export const remote = `kind: Remote
name: linear
title: Linear
description: Reads and writes issues.
owner: { team: planning, contact: "#planning" }
category: work
costClass: low
sensitivity: public
url: https://mcp.linear.app/mcp
transport: streamable-http
`;

/** A catalogue of the right remote with lines more. */
export function remotePlus(lines: string): Files {
  return one(`${remote}${lines}\n`);
}
