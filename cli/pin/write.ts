import {
  accessSync,
  chmodSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { PinFile } from "./site";

/** Raised when a file cannot be written; then none is. */
export class UnwritableError extends Error {
  constructor(name: string, reason: string) {
    super(`${name}: ${reason}; nothing was changed`);
    this.name = "UnwritableError";
  }
}

const byteOrderMark = "\uFEFF";

interface Ready {
  readonly name: string;
  /** The file itself, behind links. */
  readonly target: string;
  /** The new text, beside it. */
  readonly half: string;
  readonly before: string;
}

/**
 * Gives files new text, all of them or none.
 * @throws {UnwritableError} when one cannot be written, or has changed since it was read.
 */
export function writeAll(texts: ReadonlyMap<PinFile, string>): void {
  const ready: Ready[] = [];
  const written: Ready[] = [];
  try {
    // What can fail fails before any file changes.
    for (const [file, text] of texts) ready.push(guarded(file.name, () => prepare(file, text)));
    for (const file of ready)
      guarded(file.name, () => {
        renameSync(file.half, file.target);
        written.push(file);
      });
  } catch (error) {
    for (const { target, before } of written) writeFileSync(target, before);
    throw error;
  } finally {
    for (const { half } of ready) rmSync(half, { force: true });
  }
}

function prepare({ name, path, text: before }: PinFile, text: string): Ready {
  const target = realpathSync(path);
  accessSync(target, constants.W_OK);
  const now = readFileSync(target, "utf8");
  const mark = now.startsWith(byteOrderMark) ? byteOrderMark : "";
  if (now !== mark + before)
    throw new UnwritableError(name, "somebody else has changed it meanwhile; run this again");
  const half = `${target}.${process.pid}.new`;
  writeFileSync(half, mark + text);
  chmodSync(half, statSync(target).mode);
  return { name, target, half, before: now };
}

function guarded<T>(name: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof UnwritableError) throw error;
    throw new UnwritableError(name, `it cannot be written (${(error as Error).message})`);
  }
}
