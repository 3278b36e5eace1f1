/** Counts what is done, on one line of a terminal; elsewhere it says nothing. */
export class Counter {
  private done = 0;
  private readonly total: number;
  private readonly out: NodeJS.WriteStream;

  /**
   * @param total How much there is to do.
   * @param out Where the line is shown.
   */
  constructor(total: number, out: NodeJS.WriteStream = process.stderr) {
    this.total = total;
    this.out = out;
    this.show();
  }

  /** One more is done. */
  next(): void {
    this.done += 1;
    this.show();
  }

  /** Takes the line away. */
  end(): void {
    if (this.out.isTTY) this.out.write("\r\u001b[2K");
  }

  private show(): void {
    if (this.out.isTTY)
      this.out.write(`\r\u001b[2Kasking registries: ${this.done} of ${this.total} images`);
  }
}
