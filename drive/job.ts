import type { StackOutcome, Verb } from "./outcome";

/** One stack's part of the work, as a worker is told of it. */
export interface Job {
  /** What is done with it. */
  readonly verb: Verb;
  /** Name of the stack. */
  readonly stack: string;
  /** Folder of the project. */
  readonly project: string;
  /** Whether no entry of the catalogue is in it any more, so that `up` takes away what it still holds. */
  readonly stale: boolean;
}

/** What a worker is told: a job, or to break off what it does, as if its user had pressed Ctrl-C. */
export type ToWorker = { readonly job: Job } | { readonly stop: true };

/** What a worker says: how many resources are done, or what became of the stack. */
export type FromWorker = { readonly done: number } | { readonly outcome: StackOutcome };
