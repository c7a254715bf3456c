/** One time that somebody else told, beside this machine's. */
export interface ClockReading {
  /** `greeting`: what a server says when it is called; `received`: what it wrote into the message of the round trip. */
  readonly from: 'greeting' | 'received';
  /** Who told it. */
  readonly host: string;
  /** Machines with the same mark may be one: the address that was connected to, or the domain of a name. */
  readonly machine: string;
  /** RFC 3339: their time. */
  readonly told: string;
  /** RFC 3339: this machine's time at that moment. */
  readonly here: string;
  /** Theirs minus ours; zero within what could not be measured. */
  readonly offsetMs: number;
}

/** A certificate that only fits if this machine's clock is off. */
export interface ClockBound {
  readonly target: string;
  readonly host: string;
  readonly issuer: string;
  readonly kind: 'not-yet-valid' | 'expired';
  /** RFC 3339: the day that the clock of this machine has not reached, or has passed. */
  readonly date: string;
}

/** mail.clock: this machine's clock beside others that this run has heard. */
export interface ClockFact {
  /** RFC 3339 */
  readonly at: string;
  readonly readings: readonly ClockReading[];
  readonly bounds: readonly ClockBound[];
  /** The round trip's message is signed with a time to come. */
  readonly signedInFuture?: { readonly domain: string };
}
