import type { Seen } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import { protocols } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { compareVersions } from '../../src/reason/software.ts';
import { requiresTls } from '../auth/requires-tls.cause.ts';
import { both } from '../auth/words.ts';
import { fromLogs } from '../logs/log-says.ts';
import { logTime } from '../logs/log-words.ts';
import { mailLogs } from '../mail/logs.check.ts';
import { mailVersions } from '../mail/versions.check.ts';
import { pipeliningRefused } from '../smtp/pipelining-refused.cause.ts';
import type { DefaultChange } from './default-changes.ts';
import { defaultChanges } from './default-changes.ts';

interface Upgrade {
  readonly product: string;
  readonly from: string;
  readonly to: string;
  /** RFC 3339: after this time it was seen. */
  readonly since: string;
  readonly seen: Seen;
}

interface DefaultChanged {
  readonly name: string;
  readonly setting: string;
  readonly before: string;
  readonly cause: string;
  readonly from: string;
  readonly to: string;
  readonly since: string;
  readonly source: string;
  readonly now: DefaultChange['now'];
}

/** Upgrades that the kept runs, or the starts in the logs, have seen. */
const upgradesIn = (evidence: Evidence): readonly Upgrade[] => {
  const seenByRuns = protocols.flatMap((protocol): readonly Upgrade[] => {
    const check = mailVersions[protocol];
    const fact = evidence.fact(check);
    if (!fact?.software || !fact.changed) return [];
    const { from, to, since } = fact.changed;
    const says = both(
      `${fact.software.name} ${to} now; an earlier run (${logTime(since)}) saw ${from}`,
      `現在は ${fact.software.name} ${to}。以前の検査（${logTime(since)}）では ${from} でした`,
    );
    return [{ product: fact.software.product, from, to, since, seen: { check, says } }];
  });
  const starts = evidence.fact(mailLogs)?.versions ?? [];
  const seenInLogs = starts.flatMap((start, index): readonly Upgrade[] => {
    const before = starts.slice(0, index).findLast(({ product }) => product === start.product);
    if (!before || start.at === undefined) return [];
    const says = both(
      `started as ${start.product} ${start.version} at ${logTime(start.at)}, before as ${before.version}`,
      `${logTime(start.at)} に ${start.product} ${start.version} として起動。それ以前は ${before.version} でした`,
    );
    const { product, version, at } = start;
    return [{ product, from: before.version, to: version, since: at, seen: { check: mailLogs, says } }];
  });
  return [...seenByRuns, ...seenInLogs].filter(({ from, to }) => compareVersions(from, to) < 0);
};

/** What fails now because of it, by the cause of the refusal. */
const failing = (cause: string, evidence: Evidence, subject: Subject) => {
  const live = [pipeliningRefused, requiresTls].find(({ id }) => id === cause);
  return [...(live?.explain(evidence, subject) ?? []), ...fromLogs(cause, evidence, subject)];
};

export const defaultChanged = defineCause<DefaultChanged>({
  id: 'version.default-changed',
  title: both('An upgrade of the server changed a default', 'サーバーの更新で既定の動作が変わりました'),
  about: both(
    'Nobody changed a setting, and still mail fails since an upgrade: the new version of the server has another default, mostly a stricter one. crm-doctor names this only when an earlier run or the server log shows the older version, the new one is known for this change, and the refusal that follows from it is seen now.',
    '設定を変えていないのに、サーバーの更新後からメールが失敗する状態です。新しいバージョンでは既定値が変わり、多くの場合は厳しくなっています。以前の検査かサーバーのログに古いバージョンの記録があり、新しいバージョンでの変更が公表されていて、その変更による拒否が今確認できる場合だけ、この原因を示します。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const upgrades = upgradesIn(evidence);
    return defaultChanges.flatMap((change) => {
      const upgrade = upgrades.find(
        ({ product, from, to }) =>
          product === change.product &&
          compareVersions(from, change.since) < 0 &&
          compareVersions(to, change.since) >= 0,
      );
      if (!upgrade) return [];
      return failing(change.cause, evidence, subject).map((finding) => ({
        detail: {
          name: change.name,
          setting: change.setting,
          before: change.before,
          cause: change.cause,
          from: upgrade.from,
          to: upgrade.to,
          since: upgrade.since,
          source: change.source,
          now: change.now,
        },
        // A login without encryption is ours to change: its own cause stands, this one says since when.
        severity: change.cause === requiresTls.id ? ('info' as const) : ('critical' as const),
        confidence: 0.9,
        affects: finding.affects,
        evidence: [upgrade.seen, ...finding.evidence],
        ruledOut: [
          {
            cause: change.cause,
            check: upgrade.seen.check,
            says: both(
              `the refusal began with ${change.name} ${upgrade.to}, whose default differs`,
              `${change.name} ${upgrade.to} で既定値が変わってから拒否が始まっています`,
            ),
          },
        ],
      }));
    });
  },
  because: ({ name, from, to, since, setting, now }) =>
    both(
      `The server went from ${name} ${from} to ${to} (seen ${logTime(since)}). Since ${to.split('.').slice(0, 2).join('.')} ${setting} has another default: ${now.en}. This refusal is seen now.`,
      `サーバーが ${name} ${from} から ${to} に更新されました（${logTime(since)} に確認）。${setting} の既定値が変わり、${now.ja}。この拒否が現在発生しています。`,
    ),
  steps: ({ name, setting, before, cause, source }) => [
    both(
      `Correct what sends to the server first; \`crm-doctor explain ${cause}\` tells how. The new default closes a real hole.`,
      `まず送信側を直します。方法は \`crm-doctor explain ${cause}\` で確認できます。新しい既定値は実在する脆弱性への対策です。`,
    ),
    both(
      `Until then, and only for the addresses of the CRM's host, ${name} can be told the old way (${before}); see ${source}.`,
      `それまでの間は、CRM のアドレスに限って ${name} を以前の動作に戻せます（${before}）。詳しくは ${source} をご覧ください。`,
    ),
    both(
      `Send one message from the CRM and look for new refusals because of ${setting}.`,
      `CRM から 1 通送信し、${setting} による拒否が増えないことを確認します。`,
    ),
  ],
});
