import type { StackOutcome, Verb } from "./outcome";

const everyMs = 10_000;

/** Says how far each stack is: one line on a terminal, else a line now and then. */
export class Board {
  private readonly working = new Map<string, number>();
  private readonly timer: NodeJS.Timeout | undefined;
  private readonly verb: Verb;
  private readonly total: number;
  private ended = 0;

  /**
   * @param verb What is done.
   * @param stacks The stacks it is done with.
   * @param quiet Whether nothing is said.
   */
  constructor(verb: Verb, stacks: readonly string[], quiet: boolean) {
    this.verb = verb;
    this.total = stacks.length;
    if (quiet) return;
    const terminal = process.stderr.isTTY;
    this.timer = setInterval(
      () => {
        const line = this.line();
        process.stderr.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
      },
      terminal ? 500 : everyMs,
    );
  }

  /** Watches the work on a stack. */
  async watch(
    stack: string,
    work: (report: (done: number) => void) => Promise<StackOutcome>,
  ): Promise<StackOutcome> {
    this.working.set(stack, 0);
    const outcome = await work((done) => this.working.set(stack, done));
    this.working.delete(stack);
    this.ended++;
    return outcome;
  }

  /** Says no more. */
  end(): void {
    clearInterval(this.timer);
    if (this.timer && process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  }

  private line(): string {
    const now = [...this.working].map(([stack, done]) => `${stack} ${done}`).join(", ");
    return `${this.verb}: ${this.ended} of ${this.total} stacks done; resources: ${now}`;
  }
}
