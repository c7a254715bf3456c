/**
 * What a lab run leaves behind on the machine is written down here at the moment it is made, and taken back in reverse
 * order: at the end of its case, or when the process ends in whatever way. Everything is synchronous because an `exit`
 * handler gets no second turn of the event loop.
 */
export class Undo {
  static readonly #live = new Set<Undo>();
  static #watching = false;
  readonly #steps: (() => void)[] = [];

  constructor() {
    Undo.#watch();
    Undo.#live.add(this);
  }

  add(step: () => void): void {
    this.#steps.push(step);
  }

  run(): void {
    Undo.#live.delete(this);
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        step();
      } catch {
        // The next step still has to run: what cannot be removed was usually removed by somebody else.
      }
    }
  }

  static #watch(): void {
    if (Undo.#watching) return;
    Undo.#watching = true;
    const runAll = (): void => {
      for (const undo of [...Undo.#live].reverse()) undo.run();
    };
    process.on('exit', runAll);
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      process.on(signal, () => {
        runAll();
        process.exit(code);
      });
    }
  }
}
