import { defineCrmCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { crmConnect } from './connect.check.ts';
import { failureWords } from './failure-words.ts';
import { anyProduct, placesOf } from './product-places.ts';
import { unanswered } from './question-failures.ts';

interface Missing {
  /** The check that could not see. */
  readonly check: string;
  readonly title: Text;
  /** Model, path or scope that was refused. */
  readonly what: string;
  /** The right that is wanted, as the product calls it. */
  readonly right?: Text;
}

interface Detail {
  readonly product: string;
  readonly type: string;
  readonly login?: string;
  readonly missing: readonly Missing[];
  /** Nothing at all is let through. */
  readonly all: boolean;
}

const mostMissing = 12;

/** What the CRM itself, or its connector, calls the rights; and where the product gives them. */
const rightsOf = ({ type, missing }: Pick<Detail, 'type' | 'missing'>): Text => {
  const named = [...new Map(missing.flatMap(({ right }) => (right ? [[right.en, right] as const] : []))).values()];
  const place = placesOf(type).rights ?? (named.length === 0 ? anyProduct.rights : undefined);
  const all = place ? [...named, place] : named;
  return both(all.map(({ en }) => en).join('; '), all.map(({ ja }) => ja).join('、'));
};

/** One for all that the API user may not read, however many questions came back with it. */
export const crmPermission = defineCrmCause<Detail>({
  id: 'crm.permission',
  title: both('The API user may not read what is needed', 'API ユーザーに必要な読み取り権限がありません'),
  about: both(
    'The login works, but the user or key of crm-doctor may not read some things: mail accounts, jobs, the queue, logs, users. Many CRMs show settings to administrators only. What could not be read was not checked: no fault is known there, and no health either. Reading is enough; no right to write is needed.',
    'ログインはできますが、crm-doctor のユーザー（キー）に、メールアカウント、定期ジョブ、送信待ち、ログ、ユーザーなどの一部を読む権限がありません。多くの CRM では、設定は管理者だけが読めます。読めなかったものは検査しておらず、問題の有無は分かりません。必要なのは読み取りの権限だけで、書き込みの権限は不要です。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const refused = unanswered(evidence, 'permission');
    const identity = evidence.fact(crmConnect);
    if (refused.length === 0) return [];
    const all = refused.some(({ check }) => check === crmConnect);
    const signedIn = identity?.reply.kind === 'answered' ? identity.reply.value.user?.login : undefined;
    const login = signedIn ?? subject.config.username;
    const missing = refused.slice(0, mostMissing).map(({ check, failure: { what, needs } }) => ({
      check: check.id,
      title: check.title,
      what,
      ...(needs ? { right: needs } : {}),
    }));
    return [
      {
        detail: {
          product: identity?.product ?? subject.config.type,
          type: subject.config.type,
          ...(login === undefined ? {} : { login }),
          missing,
          all,
        },
        // What could not be looked at stays unknown; the CRM itself may be well.
        severity: all ? 'critical' : 'warning',
        confidence: 0.95,
        affects: [subject.label],
        evidence: refused.map(({ check, failure }) => ({ check, says: failureWords(failure) })),
        ruledOut: [
          {
            cause: 'crm.auth-failed',
            check: crmConnect,
            says: both('the login itself is taken', 'ログイン自体は成功しています'),
          },
        ],
      },
    ];
  },
  because: ({ product, login, missing, all }) => {
    const who = login ?? 'API';
    const blind = [...new Set(missing.map(({ check }) => check))].join(', ');
    return all
      ? both(
          `${product} takes the login of ${who}, but lets it read nothing.`,
          `${product} は ${who} のログインを受け付けますが、何も読み取れません。`,
        )
      : both(
          `${product} lets ${who} in, but not read ${missing.map(({ what }) => what).join(', ')}. Not answered because of it: ${blind}.`,
          `${product} に ${who} でログインできますが、${missing.map(({ what }) => what).join('、')} を読み取れません。このため、次の検査ができていません: ${blind}。`,
        );
  },
  steps: (detail) => {
    const rights = rightsOf(detail);
    return [
      both(
        `Give the API user the right to read: ${rights.en}.`,
        `API ユーザーに読み取りの権限を付与します: ${rights.ja}。`,
      ),
      both(
        'Rather a user of its own for crm-doctor, with reading rights only, than the login of a person.',
        '個人のログインではなく、読み取り権限だけを持つ crm-doctor 専用のユーザーをおすすめします。',
      ),
    ];
  },
});
