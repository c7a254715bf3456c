import { both } from '../auth/words.ts';
import { crmConnect } from './connect.check.ts';
import { connectCause, detailOf, itSaid, ruledOut } from './connect-cause.ts';
import { failureWords } from './failure-words.ts';
import { unanswered } from './question-failures.ts';

const atTheDoor = connectCause<{ readonly waitMs?: number }>({
  id: 'crm.rate-limited',
  title: both('The limit of the API of the CRM is reached', 'CRM の API の利用上限に達しています'),
  about: both(
    'A CRM allows so many requests in a second, a minute or a day, for all integrations of an account together. When the limit is reached, it answers nobody for a while: mail is not filed, forms get lost, records are not synchronised. crm-doctor asks little (some dozen requests); the limit was used up by something else.',
    'CRM の API には、1 秒、1 分、1 日などの単位で利用回数の上限があり、多くの場合、契約全体で共有されます。上限に達すると、しばらくどの連携にも応答しなくなり、メールの取り込み、フォームの登録、データの同期が止まります。crm-doctor の問い合わせは数十回程度のため、ほかの何かが上限を使い切っています。',
  ),
  owner: 'crm-admin',
  confidence: 0.95,
  more: ({ failure: { retryAfterMs } }) => (retryAfterMs === undefined ? {} : { waitMs: retryAfterMs }),
  ruledOut: () => [
    ruledOut(
      'crm.permission',
      'it answers with the limit, not with a missing right',
      '権限の不足ではなく、上限を示す応答です',
    ),
  ],
  because: (detail) => {
    const said = itSaid(detail);
    const { waitMs, product } = detail;
    const seconds = waitMs === undefined ? undefined : Math.ceil(waitMs / 1000);
    const wait =
      seconds === undefined
        ? both('', '')
        : both(` It may be asked again in ${seconds} s.`, `${seconds} 秒後に再び利用できます。`);
    return both(
      `${product} answers that the limit of its API is reached.${said.en}${wait.en}`,
      `${product} が、API の利用上限に達したと応答しています。${said.ja}${wait.ja}`,
    );
  },
  steps: ({ type }) => [
    type === 'salesforce'
      ? both(
          'See who uses it up: Setup > System Overview, and Setup > API Usage Notifications.',
          '利用状況を確認します:［設定］→［システムの概要］と［API 使用状況通知］。',
        )
      : both(
          'See in the CRM who uses it up (usage or audit pages; several integrations share one limit).',
          'CRM の利用状況や監査のページで、何が上限を使っているかを確認します（複数の連携で上限を共有しています）。',
        ),
    both(
      'Let that integration ask less often: by change since the last time, in batches, with a pause after 429.',
      'その連携の問い合わせを減らします（前回からの変更分だけを取得、まとめて取得、429 のあとは待つ）。',
    ),
    both(
      'Where all of it is needed, raise the limit with the vendor.',
      '必要な利用量であれば、契約プランの変更を検討します。',
    ),
  ],
});

/** Reached before the login, or in the midst of the questions. */
export const crmRateLimited: typeof atTheDoor = {
  ...atTheDoor,
  explain: (evidence, subject) => {
    const refused = unanswered(evidence, 'rate-limited').filter(({ check }) => check !== crmConnect);
    const fact = evidence.fact(crmConnect);
    const [first] = refused;
    if (!first || !fact) return atTheDoor.explain(evidence, subject);
    const detail = detailOf({ fact, failure: first.failure, subject });
    const waitMs = first.failure.retryAfterMs;
    return [
      {
        detail: { ...detail, ...(waitMs === undefined ? {} : { waitMs }) },
        severity: 'warning',
        confidence: 0.95,
        affects: [subject.label],
        evidence: refused.map(({ check, failure }) => ({ check, says: failureWords(failure) })),
      },
    ];
  },
};
