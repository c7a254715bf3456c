import { defineCause } from '../../src/model/cause.ts';
import type { Change } from '../../src/model/config.ts';
import type { LoginFact } from '../../src/model/login-facts.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { loginCheck } from '../auth/refusals.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { reaches } from '../net/reach.ts';
import type { Difference } from './counterpart.ts';
import { badOf, counterpartOf, differencesOf } from './counterpart.ts';

interface Detail {
  readonly place: Place;
  readonly product: string;
  readonly account: string;
  /** Where a person finds the account. */
  readonly screen: Text;
  readonly differences: readonly Difference[];
  /** Both settings work; it is only worth knowing. */
  readonly bothWork: boolean;
  /** The CRM's API can write all of it. */
  readonly writable: boolean;
}

const keyWords: Readonly<Record<string, Text>> = {
  host: both('server', 'サーバー'),
  port: both('port', 'ポート'),
  security: both('encryption', '暗号化'),
  username: both('login name', 'ユーザー名'),
  folder: both('folder', 'フォルダー'),
  from: both('sender', '差出人'),
};

const keyOf = ({ path }: Change): string => path.slice(path.lastIndexOf('.') + 1);

const listText = (differences: readonly Difference[]): Text => {
  const parts = differences.map((one) => ({ name: keyWords[keyOf(one)] ?? both(keyOf(one), keyOf(one)), ...one }));
  return both(
    parts.map(({ name, from, to }) => `${name.en} ${String(from)} instead of ${String(to)}`).join(', '),
    parts.map(({ name, from, to }) => `${name.ja}が ${String(to)} ではなく ${String(from)}`).join('、'),
  );
};

const setText = (differences: readonly Difference[]): Text => {
  const parts = differences.map((one) => ({ name: keyWords[keyOf(one)] ?? both(keyOf(one), keyOf(one)), to: one.to }));
  return both(
    parts.map(({ name, to }) => `${name.en}: ${String(to)}`).join(', '),
    parts.map(({ name, to }) => `${name.ja}: ${String(to)}`).join('、'),
  );
};

/** The CRM's own settings against those that were seen to work for the same mailbox in this run. */
export const settingsDiffer = defineCause<Detail>({
  id: 'crm.settings-differ',
  title: both("The CRM's mail settings differ from those that work", 'CRM のメール設定が、動作する設定と違います'),
  about: both(
    'crm-doctor.yaml describes a mailbox, and the CRM holds settings for the same one. The first were tried in this run and work: connection, encryption and login. The second are not the same, and with them the CRM fails. Each difference is named, and the whole set of working values was tried in place of those of the CRM.',
    'crm-doctor.yaml のメールボックスと同じものが、CRM にも設定されています。設定ファイルの値は、今回の検査で接続、暗号化、ログインまで動作を確認できました。CRM の値はそれと異なり、その値では失敗します。違いを 1 つずつ示し、動作する値に置き換えて試した結果も確かめています。',
  ),
  owner: 'crm-admin',
  claim: 'on-proof',
  covers: 'targets',
  explain: (evidence, subject) => {
    const { crm } = subject;
    if (!crm) return [];
    return servicesOf(subject).flatMap((service) => {
      const { protocol, host, port } = service;
      const counterpart = counterpartOf(evidence, subject, protocol);
      if (!counterpart) return [];
      const differences = differencesOf(service, subject, counterpart);
      if (differences.length === 0) return [];
      const bad = badOf(evidence, protocol);
      const works = bad.length === 0;
      if (works && !reaches(evidence, subject, protocol)) return [];
      const said = listText(differences);
      const writable = differences.every((one) => crm.account.writable.some((field) => field === keyOf(one)));
      return [
        {
          detail: {
            place: { protocol, host, port },
            product: crm.product,
            account: crm.account.name,
            screen: crm.account.place,
            differences,
            bothWork: works,
            writable,
          },
          severity: works ? ('info' as const) : ('critical' as const),
          confidence: 0.95,
          affects: [targetOf(service)],
          evidence: (bad.length > 0 ? bad : [loginCheck[protocol]]).map((check) => ({
            check,
            says: both(`with the CRM's own values: ${said.en}`, `CRM の値: ${said.ja}`),
          })),
        },
      ];
    });
  },
  candidates: ({ differences }) => [differences],
  works: (trial, changed, { place: { protocol } }) => {
    if (!reaches(trial, changed, protocol)) return false;
    // The login with these very values was accepted in this run; a second one may be withheld, but not refused.
    const login = trial.of<LoginFact>(loginCheck[protocol]);
    return login?.kind !== 'observed' || login.fact.login?.kind !== 'refused';
  },
  because: ({ place, product, account, differences, bothWork }) => {
    const where = placesText([place]);
    const list = listText(differences);
    return bothWork
      ? both(
          `${product} has other settings for this mailbox than crm-doctor.yaml ("${account}": ${list.en}). Both work.`,
          `${product} の「${account}」は、crm-doctor.yaml と設定が異なります（${list.ja}）。どちらでも動作します。`,
        )
      : both(
          `"${account}" in ${product} fails at ${where.en}, while the same mailbox works with the settings of crm-doctor.yaml. What differs: ${list.en}.`,
          `${product} の「${account}」は ${where.ja} で失敗しますが、同じメールボックスが crm-doctor.yaml の設定では動作します。違いは次のとおりです: ${list.ja}。`,
        );
  },
  steps: ({ product, account, screen, differences, bothWork, writable }) => {
    const set = setText(differences);
    const open = both(`In ${product}, open ${screen.en}.`, `${product} で${screen.ja}を開きます。`);
    if (bothWork) {
      return [
        open,
        both(
          `Decide which of the two is right, and set the same in both places (working values of crm-doctor.yaml: ${set.en}).`,
          `どちらが正しいかを決め、両方を同じ値にそろえます（crm-doctor.yaml の値は ${set.ja}）。`,
        ),
      ];
    }
    return [
      open,
      both(`Set ${set.en}, and leave everything else as it is.`, `${set.ja} に変更し、ほかはそのままにします。`),
      ...(writable
        ? [
            both(
              'Or let crm-doctor do it: crm-doctor check --apply-to-crm shows the difference and asks first.',
              'または crm-doctor check --apply-to-crm を実行します（差分を表示し、確認してから書き込みます）。',
            ),
          ]
        : []),
      both(
        `Save, run the connection test of "${account}", and run the check again: crm-doctor check`,
        `保存して「${account}」の接続テストを実行し、もう一度 crm-doctor check で検査します。`,
      ),
    ];
  },
});
