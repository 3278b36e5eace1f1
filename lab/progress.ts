import pc from "picocolors";

/** One line of progress. */
export interface ProgressLine {
  /** Says what is going on now. */
  readonly update: (text: string) => void;
  /** Ends the line well. */
  readonly done: (text: string) => void;
  /** Ends the line badly. */
  readonly failed: (text: string) => void;
}

interface Line {
  readonly label: string;
  text: string;
  state: "running" | "done" | "failed";
  readonly since: number;
  printed: number;
}

// Without a terminal a line is printed at its start and end, and in between so rarely that a CI log stays short.
const quietMs = 30_000;
const frameMs = 150;

/**
 * Progress of several things at once: on a terminal, lines that change in place; elsewhere, a plain line
 * when something starts, ends, or has been silent for half a minute.
 */
export class Progress {
  private readonly lines: Line[] = [];
  private drawn = 0;
  private timer: NodeJS.Timeout | undefined;

  private readonly out: NodeJS.WriteStream;

  constructor(out: NodeJS.WriteStream = process.stderr) {
    this.out = out;
  }

  /** Begins a line. */
  start(label: string, text = ""): ProgressLine {
    const now = Date.now();
    const line: Line = { label, text, state: "running", since: now, printed: now };
    this.lines.push(line);
    if (this.out.isTTY)
      this.timer ??= setInterval(() => {
        this.draw();
      }, frameMs);
    else if (text !== "") this.print(line);
    const end = (state: "done" | "failed") => (last: string) => {
      line.text = last;
      line.state = state;
      if (this.out.isTTY) this.draw();
      else this.print(line);
      if (this.lines.every((l) => l.state !== "running")) this.rest();
    };
    return {
      update: (next) => {
        line.text = next;
        if (!this.out.isTTY && Date.now() - line.printed > quietMs) this.print(line);
      },
      done: end("done"),
      failed: end("failed"),
    };
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.lines.length = 0;
    this.drawn = 0;
  }

  private print(line: Line): void {
    line.printed = Date.now();
    this.out.write(`${this.format(line)}\n`);
  }

  private draw(): void {
    const up = this.drawn > 0 ? `\u001b[${this.drawn}A` : "";
    const width = this.out.columns || 80;
    const text = this.lines.map((l) => `\u001b[2K${this.format(l, width)}\n`).join("");
    this.out.write(up + text);
    this.drawn = this.lines.length;
  }

  private format({ label, text, state, since }: Line, width = Infinity): string {
    const seconds = `${((Date.now() - since) / 1000).toFixed(0)} s`;
    const mark = { running: "·", done: "✓", failed: "✗" }[state];
    const plain = `  ${mark} ${label.padEnd(22)} ${text}`.trimEnd();
    const room = width - seconds.length - 2;
    const cut = plain.length > room ? `${plain.slice(0, room - 1)}…` : plain;
    const colour = this.out.isTTY
      ? { running: pc.dim, done: pc.green, failed: pc.red }[state]
      : String;
    return `${colour(cut)}  ${seconds}`;
  }
}
