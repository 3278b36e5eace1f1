import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** An entry that is right; tests change lines of it. */
export const rightEntry = `kind: Server
name: osv
title: OSV vulnerability lookup
description: Looks up known vulnerabilities.
owner: { team: security-platform, contact: "#sec" }
category: security
costClass: low
sensitivity: internal
image: ghcr.io/stackloklabs/osv-mcp/server:0.1.2
transport: streamable-http
port: 8080
resources:
  requests: { cpu: 50m, memory: 64Mi }
  limits: { cpu: 100m, memory: 128Mi }
`;

/** Runs a test in a new folder that holds these files, as the current folder, so that messages have short paths. */
export function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  action: (folder: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), "mcp-fleet-test-"));
  const before = process.cwd();
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (!path.endsWith("/")) writeFileSync(join(folder, path), content);
      else mkdirSync(join(folder, path), { recursive: true });
    }
    process.chdir(folder);
    return action(folder);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The right entry with one text replaced; fails when the text is not there. */
export function changed(from: string, to: string): string {
  if (!rightEntry.includes(from)) throw new Error(`the entry does not hold ${from}`);
  return rightEntry.replace(from, to);
}
