import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { lockText } from "../../drive/lock";

const said = (host: string, pid: number): string =>
  `error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.\n  file:///state/.pulumi/locks/a.json: created by ann@${host} (pid ${pid}) at 2026-11-21T10:00:00Z`;

describe("a stack that is locked", () => {
  it("is held by somebody who is at work", () => {
    assert.equal(
      lockText(said(hostname(), process.pid), "prod.hash-1"),
      `somebody else is at work on it: ann@${hostname()}, process ${process.pid}, since 2026-11-21T10:00:00Z; if that is not so any more: pulumi cancel --stack prod.hash-1`,
    );
  });

  it("is held by a process of this machine that is gone", () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    assert.equal(
      lockText(said(hostname(), pid), "prod.hash-1"),
      `an update of it was broken off: process ${pid} of this machine, which held it since 2026-11-21T10:00:00Z, is gone; free it: pulumi cancel --stack prod.hash-1`,
    );
  });

  it("is held by somebody elsewhere, of whom nothing can be known", () => {
    assert.match(
      lockText(said("elsewhere", 1), "prod"),
      /^somebody else is at work on it: ann@elsewhere, process 1, since .*pulumi cancel --stack prod$/,
    );
  });

  it("is held by somebody whom the backend does not name", () => {
    assert.equal(
      lockText("error: [409] Conflict: Another update is currently in progress.", "prod"),
      "somebody else is at work on it, or an update was broken off; when nobody is: pulumi cancel --stack prod",
    );
  });
});
