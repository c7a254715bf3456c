import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import { sizeText } from '../../src/model/figure.ts';
import type { QuotaFact, QuotaRoot } from '../../src/model/login-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';
import { mailQuota } from '../mail/quota.check.ts';

interface PlanFull {
  readonly mailbox: string;
  readonly host: string;
  /** The shared limit, where the server tells it. */
  readonly root?: { readonly name: string; readonly used: number; readonly limit: number };
  /** The mailbox's own. */
  readonly own?: { readonly used: number; readonly limit: number };
  readonly says?: string;
}

/** A limit that is used up and larger than the mailbox's own, which is not: others use it as well. */
const sharedIn = ({ storage, roots = [] }: QuotaFact): QuotaRoot | undefined => {
  if (!storage || storage.used >= storage.limit) return undefined;
  return roots.find((root) => {
    const limit = root.storage;
    return limit !== undefined && limit.limit > storage.limit && limit.used >= limit.limit;
  });
};

const explain = (evidence: Evidence, subject: Subject): readonly Finding<PlanFull>[] => {
  const { imap, smtp, pop3 } = subject.services;
  const quota = evidence.fact(mailQuota);
  const shared = quota && sharedIn(quota);
  const said = saysSo('quota.plan-full', evidence, subject);
  if (!shared && said.length === 0) return [];
  const says = said[0]?.detail.says;
  const own = quota?.storage;
  return [
    {
      detail: {
        mailbox: subject.address,
        host: (shared ? imap : (smtp ?? imap ?? pop3))?.host ?? '',
        ...(shared?.storage ? { root: { name: shared.name, ...shared.storage } } : {}),
        ...(own && shared ? { own } : {}),
        ...(says === undefined ? {} : { says }),
      },
      severity: 'critical',
      confidence: shared ? 0.97 : Math.max(...said.map(({ confidence }) => confidence)),
      affects: [...new Set([...(shared && imap ? [targetOf(imap)] : []), ...said.flatMap(({ affects }) => affects)])],
      evidence: [
        ...(shared?.storage
          ? [
              {
                check: mailQuota,
                says: both(
                  `quota root "${shared.name}": ${sizeText(shared.storage.used)} of ${sizeText(shared.storage.limit)}`,
                  `容量の枠「${shared.name}」: ${sizeText(shared.storage.limit)} のうち ${sizeText(shared.storage.used)} を使用`,
                ),
              },
            ]
          : []),
        ...said.flatMap((finding) => finding.evidence),
      ],
      ruledOut:
        own && own.used < own.limit
          ? [
              {
                cause: 'quota.exceeded',
                check: mailQuota,
                says: both(
                  `the mailbox itself has room: ${sizeText(own.used)} of ${sizeText(own.limit)}`,
                  `メールボックス自体には空きがあります（${sizeText(own.limit)} のうち ${sizeText(own.used)}）`,
                ),
              },
            ]
          : [],
    },
  ];
};

export const planFull = defineCause<PlanFull>({
  id: 'quota.plan-full',
  title: both('The storage of the whole contract is used up', '契約全体の保存容量がいっぱいです'),
  about: both(
    'Besides the limit of each mailbox there can be one that all mailboxes of a domain or contract share. When it is used up, none of them takes mail, however empty it is. Cleaning up one mailbox helps only as far as it frees space of the whole.',
    '各メールボックスの上限とは別に、ドメインや契約の全メールボックスで共有する上限があることがあります。これを使い切ると、空いているメールボックスにもメールが届かなくなります。1 つを整理しても、全体の空きが増えた分しか効果がありません。',
  ),
  explain,
  owner: 'mail-admin',
  because: ({ mailbox, host, root, own, says }) => {
    const parts = [
      ...(root
        ? [
            both(
              `"${root.name}" holds ${sizeText(root.used)} of ${sizeText(root.limit)}`,
              `共有の枠「${root.name}」は ${sizeText(root.limit)} のうち ${sizeText(root.used)} を使用しています`,
            ),
          ]
        : []),
      ...(own
        ? [
            both(
              `the mailbox itself uses ${sizeText(own.used)} of ${sizeText(own.limit)}`,
              `メールボックス自体は ${sizeText(own.limit)} のうち ${sizeText(own.used)} です`,
            ),
          ]
        : []),
      ...(says === undefined ? [] : [both(`the server says "${says}"`, `サーバーの応答は「${says}」です`)]),
    ];
    return both(
      `The storage that ${mailbox} shares with others on ${host} is full: ${parts.map(({ en }) => en).join(', ')}.`,
      `${host} で ${mailbox} がほかのメールボックスと共有している容量がいっぱいです。${parts.map(({ ja }) => `${ja}。`).join('')}`,
    );
  },
  steps: ({ host }) => [
    both(
      `Look in the control panel of ${host} which mailboxes use most, and clean those up (trash and junk count).`,
      `${host} の管理画面で使用量の多いメールボックスを調べ、整理します（ゴミ箱と迷惑メールも含まれます）。`,
    ),
    both('Or take a larger contract, or more storage for it.', 'または、契約プランを上げるか、容量を追加します。'),
    both(
      'Let the CRM delete or archive what it has imported, so that it does not fill up again.',
      '再発を防ぐため、CRM で取り込み済みのメールを削除またはアーカイブする設定にします。',
    ),
  ],
});
