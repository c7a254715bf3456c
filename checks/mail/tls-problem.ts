import type { Text } from '../../src/model/text.ts';
import type { Handshake } from '../../src/model/tls-facts.ts';

export type TlsProblemKind =
  | 'hello'
  | 'not-offered'
  | 'starttls-refused'
  | 'starttls-broken'
  | 'plain'
  | 'handshake'
  | 'greeting'
  | 'protocol-too-old'
  | 'cipher'
  | 'dh'
  | 'expired'
  | 'not-yet-valid'
  | 'name'
  | 'untrusted'
  | 'purpose'
  | 'weak-key'
  | 'weak-signature'
  | 'ends-soon'
  | 'clear-password'
  | 'runtime-version'
  | 'runtime-cipher'
  | 'renegotiation'
  | 'client-certificate'
  | 'sni';

/** One thing that is wrong with the way into TLS; `fail` where this CRM's runtime would refuse it. */
export interface TlsProblem {
  readonly kind: TlsProblemKind;
  readonly grade: 'fail' | 'warn';
  readonly symptom: Text;
}
/** A handshake that stood. */
export type Stood = Extract<Handshake, { kind: 'done' }>;
