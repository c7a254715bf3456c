import { defineCause } from '../../src/model/cause.ts';
import type { MtaStsFact } from '../../src/model/policy-facts.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import type { PolicyDetail } from './policy-finding.ts';
import { policyDetail, policyFact, policyFinding } from './policy-finding.ts';

interface StsMismatch extends PolicyDetail {
  readonly state: Exclude<MtaStsFact['state'], 'good'>;
  readonly mode?: MtaStsFact['mode'];
  readonly uncovered: readonly string[];
  readonly patterns: readonly string[];
  readonly says: string;
}

const words = ({ domain, state, uncovered, patterns, says }: StsMismatch): Text => {
  const url = `https://mta-sts.${domain}/.well-known/mta-sts.txt`;
  switch (state) {
    case 'mx-not-covered':
      return both(
        `The MTA-STS policy of ${domain} allows ${patterns.join(', ')}, but the MX is ${uncovered.join(', ')}.`,
        `${domain} の MTA-STS ポリシーで許可されているのは ${patterns.join(', ')} ですが、実際の MX は ${uncovered.join(', ')} です。`,
      );
    case 'record-invalid':
      return both(
        `The MTA-STS record at _mta-sts.${domain} cannot be read (one record with v=STSv1 and an id= is needed).`,
        `_mta-sts.${domain} の MTA-STS レコードを読み取れません（v=STSv1 と id= のあるレコードが 1 つだけ必要です）。`,
      );
    case 'unreachable':
      return both(
        `_mta-sts.${domain} announces a policy, but ${url} cannot be fetched: ${says}.`,
        `_mta-sts.${domain} でポリシーが宣言されていますが、${url} を取得できません（${says}）。`,
      );
    case 'policy-invalid':
      return both(
        `The MTA-STS policy at ${url} cannot be read: "${says}".`,
        `${url} の MTA-STS ポリシーを読み取れません。該当箇所は「${says}」です。`,
      );
  }
};

export const mtaStsMismatch = defineCause<StsMismatch>({
  id: 'policy.mta-sts-mismatch',
  title: both(
    'The MTA-STS policy does not fit the mail servers',
    'MTA-STS ポリシーが実際のメールサーバーと合っていません',
  ),
  about: both(
    'With MTA-STS a domain tells others, in a file on its web server, to which MX hosts (servers that take its mail) they may deliver, and over TLS only. Where the file does not name the real MX, Gmail, Outlook.com and others hold mail to this domain back in the mode "enforce". It typically happens after the mail was moved.',
    'MTA-STS とは、自ドメイン宛てのメールを受け取る MX サーバーの名前と、TLS が必須であることを、Web サーバー上のファイルで宣言するしくみです。ファイルの内容が実際の MX と違うと、モードが enforce の場合、Gmail や Outlook.com などからこのドメインへのメールが届かなくなります。メールサービスの移行後によく起こります。',
  ),
  explain: (evidence, subject) => {
    const fact = policyFact(evidence);
    const sts = fact?.mtaSts;
    if (!fact || !sts || sts.state === 'good') return [];
    const detail: StsMismatch = {
      ...policyDetail(subject),
      state: sts.state,
      ...(sts.mode ? { mode: sts.mode } : {}),
      uncovered: sts.uncovered,
      patterns: sts.patterns,
      says: sts.says ?? '',
    };
    return [
      policyFinding(
        { subject },
        { detail, says: words(detail), confidence: sts.state === 'unreachable' ? 0.85 : 0.95 },
      ),
    ];
  },
  owner: 'dns-admin',
  because: (detail) => {
    const { mode, domain } = detail;
    const effect =
      mode === 'enforce'
        ? both(
            ` The mode is "enforce": senders that honour it (Gmail, Outlook.com) do not deliver to ${domain}.`,
            `モードが enforce のため、MTA-STS に従う送信元（Gmail、Outlook.com など）から ${domain} へのメールは配送されません。`,
          )
        : both(
            ` Senders go on with the last policy that they know, until its max_age is over.`,
            '送信元は、以前に取得したポリシーを有効期間 (max_age) が過ぎるまで使い続けます。',
          );
    return { en: `${words(detail).en}${effect.en}`, ja: `${words(detail).ja}${effect.ja}` };
  },
  steps: ({ domain, uncovered, state }) => [
    state === 'mx-not-covered'
      ? both(
          `Add the line "mx: ${uncovered.join('" and "mx: ')}" to https://mta-sts.${domain}/.well-known/mta-sts.txt, or write "mode: testing" there until it is right.`,
          `https://mta-sts.${domain}/.well-known/mta-sts.txt に「mx: ${uncovered.join('」「mx: ')}」の行を追加します。直るまでは「mode: testing」にしておきます。`,
        )
      : both(
          `Serve the policy at https://mta-sts.${domain}/.well-known/mta-sts.txt with a valid certificate for mta-sts.${domain} and without redirects, or delete the record _mta-sts.${domain} where MTA-STS is not wanted any more.`,
          `https://mta-sts.${domain}/.well-known/mta-sts.txt を、mta-sts.${domain} の有効な証明書で、リダイレクトなしに公開します。MTA-STS が不要なら、_mta-sts.${domain} のレコードを削除します。`,
        ),
    both(
      `Give the id= in the TXT record _mta-sts.${domain} a new value, so that senders fetch the policy anew.`,
      `送信元に再取得させるため、TXT レコード _mta-sts.${domain} の id= を新しい値に変更します。`,
    ),
  ],
});
