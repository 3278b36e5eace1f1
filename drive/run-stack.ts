import { CommandError, ConcurrentUpdateError } from "@pulumi/pulumi/automation";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { lockText } from "./lock";
import { repeatCommand } from "./outcome";
import type { StackOutcome, Verb } from "./outcome";

/** How far a stack has come. */
export interface StackProgress {
  /** Resources that are done. */
  readonly done: number;
}

/** How a stack is worked on. */
export interface StackWork {
  /** Whether no entry of the catalogue is in it any more, so that `up` takes away what it still holds. */
  readonly stale: boolean;
  /** The program, where it need not be started anew. */
  readonly program?: PulumiFn | undefined;
  /** Breaks the work off, as Ctrl-C does. */
  readonly signal: AbortSignal;
  /** Is told how far it is. */
  readonly report: (progress: StackProgress) => void;
}

/** Does one verb with one stack; a failure is an outcome, never thrown. */
export async function runStack(
  verb: Verb,
  name: string,
  open: () => Promise<Stack>,
  { stale, program, signal, report }: StackWork,
): Promise<StackOutcome> {
  const since = Date.now();
  let done = 0;
  let changes: Record<string, number> = {};
  const diagnostics: string[] = [];
  const warnings: string[] = [];
  const onEvent = (event: EngineEvent): void => {
    const { resOutputsEvent, resourcePreEvent, summaryEvent, diagnosticEvent } = event;
    if (resOutputsEvent ?? (verb === "preview" ? resourcePreEvent : undefined))
      report({ done: ++done });
    if (summaryEvent) changes = { ...(summaryEvent.resourceChanges as Record<string, number>) };
    const { severity, message = "" } = diagnosticEvent ?? {};
    if (severity === "warning") warnings.push(message);
    // The program's host says again, in one line, what has been said before.
    if (severity === "error" && !message.startsWith("One or more errors occurred"))
      diagnostics.push(message.trim());
  };
  const options = { onEvent, signal, suppressProgress: true, color: "never" } as const;
  const running = { ...options, ...(program && { program }) };
  const outcome = (status: StackOutcome["status"], message?: string): StackOutcome => ({
    stack: name,
    status,
    changes,
    seconds: (Date.now() - since) / 1000,
    repeat: repeatCommand({ verb, stack: name, stale }),
    ...(message !== undefined && { message }),
  });
  try {
    if (signal.aborted) return outcome("failed", "broken off before it began");
    const stack = await open();
    if (verb === "preview") await (stale ? stack.previewDestroy(options) : stack.preview(running));
    else if (verb === "up" && !stale) await stack.up(running);
    else await stack.destroy(options);
    // Of what an engine that was killed had begun to make, the state says so until it is asked to forget it;
    // what was to be made has been made by now, over what there was.
    const pending = warnings.some((one) => one.includes("pending operations"));
    if (pending && verb === "up" && !stale)
      await stack.refresh({ signal, clearPendingCreates: true, suppressProgress: true });
    return outcome("done");
  } catch (error) {
    return outcome("failed", reasonOf(error, diagnostics, name));
  }
}

function reasonOf(error: unknown, diagnostics: readonly string[], stack: string): string {
  if (error instanceof ConcurrentUpdateError) return lockText(error.message, stack);
  if (diagnostics.length > 0) return [...new Set(diagnostics)].join("\n");
  if (!(error instanceof CommandError)) return String(error);
  const [, signal] = /Command was killed with (SIG\w+)/.exec(error.message) ?? [];
  return signal === undefined ? error.message.trimEnd() : `its engine was killed by ${signal}`;
}
