/** What the command's exit code says. */
export const exitCode = {
  /** All is well. */
  fine: 0,
  /** The command ran, and found something to mend. */
  found: 1,
  /** The command could not do its work. */
  failed: 2,
} as const;
