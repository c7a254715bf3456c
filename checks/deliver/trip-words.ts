import type { Evidence } from '../../src/model/check.ts';
import type { Text } from '../../src/model/text.ts';
import type { Alteration, DeliveryReport, RoundTripFact, TripPart } from '../../src/model/trip-facts.ts';
import { replyCause } from '../../src/reason/replies.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

type Kind = Alteration['change']['kind'];

/** Kinds of change that make letters unreadable; the others leave the letters whole. */
const damage: ReadonlySet<Kind> = new Set([
  'relabelled',
  'double-encoded',
  'eight-bit-stripped',
  'escapes-lost',
  'replaced',
  'other',
]);

/** What happened to the letters, and what happened to the text around them. */
export const sorted = (
  altered: readonly Alteration[],
): { readonly damaged: readonly Alteration[]; readonly changed: readonly Alteration[] } => ({
  damaged: altered.filter(({ change }) => damage.has(change.kind)),
  changed: altered.filter(({ change }) => !damage.has(change.kind)),
});

const parts: Readonly<Record<TripPart | 'message', Text>> = {
  subject: both('the subject', '件名'),
  'utf-8': both('the text in UTF-8', 'UTF-8 の本文'),
  '8bit': both('the text in UTF-8 sent as 8bit', '8bit で送った UTF-8 の本文'),
  'iso-2022-jp': both('the text in ISO-2022-JP', 'ISO-2022-JP の本文'),
  message: both('the message', 'メール'),
};

/** What one text went through, as a sentence without its end. */
export const changeText = ({ part, change }: Alteration): Text => {
  const { en, ja } = parts[part];
  switch (change.kind) {
    case 'added':
      return both(
        `to ${en} something was added: "${change.words}"`,
        `${ja}に「${change.words}」が付け加えられています`,
      );
    case 'rewritten':
      return both(`${en} was rewritten: "${change.reads}"`, `${ja}が書き換えられています（「${change.reads}」）`);
    case 'truncated':
      return both(`${en} was cut off`, `${ja}が途中で切れています`);
    case 'missing':
      return both(`${en} is gone`, `${ja}がなくなっています`);
    case 'relabelled':
      return both(
        `${en} has its bytes unchanged under the label "${change.charset}"`,
        `${ja}は、中身はそのままで文字コードの表示だけが「${change.charset}」に変わっています`,
      );
    case 'double-encoded':
      return both(
        `${en} was taken for ${change.as} and encoded a second time`,
        `${ja}は、${change.as} とみなされて二重に変換されています`,
      );
    case 'eight-bit-stripped':
      return both(`the highest bit of each byte of ${en} is gone`, `${ja}の各バイトの最上位ビットが失われています`);
    case 'escapes-lost':
      return both(
        `the escape signs that switch to Japanese are gone from ${en}`,
        `${ja}から、日本語への切り替え記号（エスケープシーケンス）が失われています`,
      );
    case 'replaced':
      return both(`question marks stand for the letters of ${en}`, `${ja}の文字が「?」に置き換わっています`);
    case 'other':
      return both(`${en} reads "${change.reads}"`, `${ja}が「${change.reads}」になっています`);
  }
};

/** The trip of a message that was accepted for sending. */
export const acceptedTrip = (evidence: Evidence): RoundTripFact | undefined => {
  const fact = evidence.fact(mailRoundTrip);
  return fact?.sent.kind === 'accepted' ? fact : undefined;
};

export const reportOf = (fact: RoundTripFact, kind: DeliveryReport['kind']): DeliveryReport | undefined =>
  fact.reports?.find((report) => report.kind === kind);

/** Words with which servers say that a message went in a circle. */
export const circleWords = /forwarding loop|mail loop|loops? back|too many (?:hops|received)|hop count|routing loop/i;

const sureEnough = 0.8;

/** The status and the words of a report. */
export const saysOf = ({ status, says }: DeliveryReport): string => `${status === '' ? '' : `${status} `}"${says}"`;

/** The cause that the words of a report speak of. */
export const reasonOf = ({ status, says }: DeliveryReport): string | undefined => {
  const code = /^[245]\d\d\b/.exec(says)?.[0] ?? '';
  const reply = { code, ...(status === '' ? {} : { status }), text: says };
  const reading = replyCause(reply, { protocol: 'smtp', step: 'rcpt' });
  // A code alone says little about another server's reason.
  return reading && reading.confidence >= sureEnough ? reading.cause : undefined;
};
