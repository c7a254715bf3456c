/** What PHP's serialize() wrote: only what has no behaviour. Objects and references are not built but named. */
export type PhpValue =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'array'; readonly entries: ReadonlyMap<string, PhpValue> }
  /** An object's public members; nothing of its class is known or run. */
  | { readonly kind: 'object'; readonly name: string; readonly entries: ReadonlyMap<string, PhpValue> };

export interface PhpFault {
  readonly kind: 'fault';
  /** In bytes. */
  readonly at: number;
  readonly reason: 'unexpected' | 'cut-off' | 'too-deep' | 'too-many' | 'unsupported';
}

const deepest = 30;
const most = 20_000;

class Stop extends Error {
  readonly fault: PhpFault;
  constructor(at: number, reason: PhpFault['reason']) {
    super(reason);
    this.fault = { kind: 'fault', at, reason };
  }
}

const semicolon = 0x3b;
const colon = 0x3a;
const quote = 0x22;
const openBrace = 0x7b;
const closeBrace = 0x7d;

class Reader {
  readonly #bytes: Uint8Array;
  readonly #text = new TextDecoder();
  #at = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  whole(): PhpValue {
    return this.#value(0);
  }

  #fail(reason: PhpFault['reason']): never {
    throw new Stop(this.#at, this.#at >= this.#bytes.length ? 'cut-off' : reason);
  }

  #byte(expected: number): void {
    if (this.#bytes[this.#at] !== expected) this.#fail('unexpected');
    this.#at += 1;
  }

  /** Digits, sign, point and exponent up to a mark. */
  #upTo(mark: number): string {
    const end = this.#bytes.indexOf(mark, this.#at);
    if (end < 0) throw new Stop(this.#bytes.length, 'cut-off');
    if (end - this.#at > 40) this.#fail('unexpected');
    const text = this.#text.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  #length(): number {
    const text = this.#upTo(colon);
    if (!/^\d{1,9}$/.test(text)) this.#fail('unexpected');
    return Number(text);
  }

  #string(): string {
    const length = this.#length();
    this.#byte(quote);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Stop(this.#bytes.length, 'cut-off');
    const text = this.#text.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    this.#byte(quote);
    return text;
  }

  #entries(depth: number): ReadonlyMap<string, PhpValue> {
    const length = this.#length();
    this.#byte(openBrace);
    const entries = new Map<string, PhpValue>();
    for (let index = 0; index < length; index += 1) {
      const key = this.#value(depth + 1);
      const value = this.#value(depth + 1);
      if (key.kind !== 'text' && key.kind !== 'number') this.#fail('unexpected');
      // Private and protected members have their class and a NUL before the name.
      else entries.set(String(key.value).replace(/^\0[^\0]*\0/, ''), value);
    }
    this.#byte(closeBrace);
    return entries;
  }

  #value(depth: number): PhpValue {
    this.#count += 1;
    if (depth > deepest) throw new Stop(this.#at, 'too-deep');
    if (this.#count > most) throw new Stop(this.#at, 'too-many');
    const type = String.fromCharCode(this.#bytes[this.#at] ?? 0);
    this.#at += 1;
    if (type === 'N') {
      this.#byte(semicolon);
      return { kind: 'null' };
    }
    this.#byte(colon);
    switch (type) {
      case 'b':
        return { kind: 'boolean', value: this.#upTo(semicolon) === '1' };
      case 'i':
      case 'd': {
        const value = Number(this.#upTo(semicolon));
        if (Number.isNaN(value)) throw new Stop(this.#at - 1, 'unexpected');
        return { kind: 'number', value };
      }
      case 's': {
        const value = this.#string();
        this.#byte(semicolon);
        return { kind: 'text', value };
      }
      case 'a':
        return { kind: 'array', entries: this.#entries(depth) };
      case 'O': {
        const name = this.#string();
        this.#byte(colon);
        return { kind: 'object', name, entries: this.#entries(depth) };
      }
      default:
        // References (R, r) and classes that read themselves (C) would need PHP.
        throw new Stop(this.#at - 2, /[RrCE]/.test(type) ? 'unsupported' : 'unexpected');
    }
  }
}

/** Reads serialized bytes: lengths count bytes, not characters. Bounded in depth and number; nothing is instantiated. */
export const parsePhpSerialized = (bytes: Uint8Array): PhpValue | PhpFault => {
  try {
    return new Reader(bytes).whole();
  } catch (error) {
    if (error instanceof Stop) return error.fault;
    throw error;
  }
};
