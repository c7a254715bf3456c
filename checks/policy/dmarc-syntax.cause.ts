import { defineCause } from '../../src/model/cause.ts';
import type { DmarcFault } from '../../src/model/policy-facts.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import type { PolicyDetail } from './policy-finding.ts';
import {
  joined,
  policyDetail,
  policyFact,
  policyFinding,
  refusalsOf,
  refusedText,
  visibleStep,
} from './policy-finding.ts';

interface DmarcSyntax extends PolicyDetail {
  readonly at: string;
  readonly record: string;
  readonly piece: string;
  readonly why: DmarcFault | 'several';
}

const words = ({ at, piece, why }: DmarcSyntax): Text => {
  switch (why) {
    case 'several':
      return both(
        `_dmarc.${at} has more than one DMARC record; receivers then ignore all of them.`,
        `_dmarc.${at} に DMARC レコードが複数あります。受信側では、すべて無視されます。`,
      );
    case 'version':
      return both(
        `The DMARC record of ${at} begins with "${piece}" instead of v=DMARC1 in exactly these letters; receivers ignore it.`,
        `${at} の DMARC レコードの先頭が「${piece}」になっています。大文字・小文字も含めて「v=DMARC1」でなければ、受信側では無視されます。`,
      );
    case 'version-not-first':
      return both(
        `The DMARC record of ${at} does not begin with v=DMARC1; receivers ignore it.`,
        `${at} の DMARC レコードが v=DMARC1 で始まっていません。受信側では無視されます。`,
      );
    case 'no-equals':
    case 'bad-name':
      return both(
        `In the DMARC record of ${at} "${piece}" is not of the form tag=value with a semicolon between them.`,
        `${at} の DMARC レコードの「${piece}」が、セミコロンで区切った「タグ=値」の形になっていません。`,
      );
    case 'twice':
      return both(
        `In the DMARC record of ${at} the tag ${piece} stands twice.`,
        `${at} の DMARC レコードに、タグ ${piece} が 2 回書かれています。`,
      );
    case 'bad-value':
      return both(
        `In the DMARC record of ${at} "${piece}" is a value that does not exist.`,
        `${at} の DMARC レコードの「${piece}」は、DMARC で定められていない値です。`,
      );
    case 'bad-address':
      return both(
        `In the DMARC record of ${at} an address in "${piece}" does not begin with mailto:, so no reports arrive.`,
        `${at} の DMARC レコードの「${piece}」に mailto: で始まらない宛先があるため、レポートが届きません。`,
      );
  }
};

export const dmarcSyntax = defineCause<DmarcSyntax>({
  id: 'policy.dmarc-syntax',
  title: both('The DMARC record cannot be read', 'DMARC レコードに誤りがあります'),
  about: both(
    'DMARC tells receivers what to do with mail that is not proven to come from a domain. The record has to begin with v=DMARC1, there may be one only, and its parts are tag=value, separated by semicolons. With an error in it receivers ignore the record, or the part.',
    'DMARC レコードとは、SPF でも DKIM でも確認できないメールの扱いを、ドメインの持ち主が受信側に示すものです。v=DMARC1 で始まり、1 つだけ登録し、「タグ=値」をセミコロンで区切って書きます。誤りがあると、レコード全体、またはその部分が無視されます。',
  ),
  explain: (evidence, subject) => {
    const fact = policyFact(evidence);
    if (!fact || (fact.dmarc.state !== 'syntax' && fact.dmarc.state !== 'several')) return [];
    const refusals = refusalsOf(evidence, subject, ['policy.dmarc-missing', 'policy.dmarc-syntax']);
    const { dmarc } = fact;
    const detail: DmarcSyntax = {
      ...policyDetail(subject, refusals),
      at: dmarc.domain,
      record: dmarc.record ?? '',
      piece: dmarc.fault?.at ?? '',
      why: dmarc.state === 'several' ? 'several' : (dmarc.fault?.why ?? 'version'),
    };
    return [
      policyFinding(
        { subject, refusals },
        {
          detail,
          says: both(`_dmarc.${dmarc.domain}: ${dmarc.record ?? ''}`, `_dmarc.${dmarc.domain}: ${dmarc.record ?? ''}`),
          confidence: 0.96,
        },
      ),
    ];
  },
  owner: 'dns-admin',
  because: (detail) => joined(words(detail), refusedText(detail)),
  steps: ({ at, why }) => [
    why === 'several'
      ? both(
          `Keep one TXT record at _dmarc.${at} and delete the others.`,
          `_dmarc.${at} の TXT レコードを 1 つだけ残し、ほかを削除します。`,
        )
      : both(
          `Write the record at _dmarc.${at} anew, for example: v=DMARC1; p=none; rua=mailto:postmaster@${at}`,
          `_dmarc.${at} のレコードを書き直します。例: v=DMARC1; p=none; rua=mailto:postmaster@${at}`,
        ),
    visibleStep(`_dmarc.${at}`),
  ],
});
