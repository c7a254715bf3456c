import { defineCheck } from '../../src/model/check.ts';
import type { LogCauseFact, LogFileFact, LogsFact } from '../../src/model/log-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { fail, notApplicable, okWith, unknown, warn } from '../../src/model/outcome.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import { countText, logTime } from '../logs/log-words.ts';
import { onlyInLogs } from '../logs/only-in-logs.ts';

const dayMs = 86_400_000;

/** What is older is the past, even where no success is on record since then. */
const recentMs = 2 * dayMs;

/** As far back as the last good run, but no further than this. */
const furthestMs = 7 * dayMs;

/** From when on lines count. */
export const logsSince = (now: Date, lastGood: string | undefined): string => {
  const last = lastGood === undefined ? Number.NaN : Date.parse(lastGood);
  const recent = now.getTime() - recentMs;
  const from = Number.isNaN(last) ? recent : Math.min(recent, Math.max(last, now.getTime() - furthestMs));
  return new Date(from).toISOString();
};

/** Whom the lines must be about. `localhost` is in every log and tells nobody apart. */
const aboutOf = (subject: Subject) => {
  const services = servicesOf(subject);
  return {
    addresses: [...new Set([subject.address, subject.from])],
    logins: [...new Set(services.map(({ username }) => username))],
    hosts: [...new Set(services.map(({ host }) => host))].filter((host) => !/^(?:localhost|127\.|::1)/.test(host)),
  };
};

const troubles: Readonly<Record<string, Text>> = {
  missing: { en: 'there is no such file', ja: 'ファイルがありません' },
  'no-match': { en: 'no file has such a name', ja: '一致するファイルがありません' },
  denied: { en: 'no permission to read it', ja: '読み取る権限がありません' },
  directory: { en: 'it is a directory; name its files', ja: 'フォルダーです。中のファイルを指定してください' },
  binary: { en: 'it is no text', ja: 'テキストではありません' },
  compressed: { en: 'it is packed in a form that is not read', ja: '対応していない形式で圧縮されています' },
  damaged: { en: 'its compressed data is damaged', ja: '圧縮データが壊れています' },
};

/** Why a file could not be read. */
export const troubleText = ({ name, error }: LogFileFact): Text => {
  const text = troubles[error?.kind ?? ''] ?? { en: 'it could not be read', ja: '読み取れませんでした' };
  return { en: `${name}: ${text.en}`, ja: `${name}: ${text.ja}` };
};

const most = 3;

/** The causes and how often each was logged. */
export const listed = (rows: readonly LogCauseFact[]): Text => {
  const told = rows
    .slice(0, most)
    .map((row) => ({ cause: row.cause, says: countText({ ...row, count: row.current }) }));
  const more = rows.length - told.length;
  return {
    en: told.map(({ cause, says }) => `${cause} (${says.en})`).join(', ') + (more > 0 ? `, and ${more} more` : ''),
    ja: told.map(({ cause, says }) => `${cause}（${says.ja}）`).join('、') + (more > 0 ? `、ほか ${more} 件` : ''),
  };
};

const judge = (fact: LogsFact): Verdict => {
  const current = fact.causes.filter((row) => row.current > 0);
  const alone = current.filter(({ cause }) => onlyInLogs.has(cause));
  if (alone.length > 0) {
    const rows = listed(alone);
    return fail({ en: `the logs show ${rows.en}`, ja: `ログに記録されています: ${rows.ja}` });
  }
  const unread = fact.files.filter(({ error }) => error);
  const [first] = unread;
  if (first) return unknown(troubleText(first));
  if (current.length > 0) {
    const rows = listed(current);
    return warn({
      en: `the logs show ${rows.en}, and no success after it`,
      ja: `ログに記録があり、その後に成功した記録がありません: ${rows.ja}`,
    });
  }
  const hidden = fact.hidden.find((row) => row.current > 0);
  if (hidden) {
    const times = countText({ ...hidden, count: hidden.current });
    return warn({
      en: `${hidden.by} failed ${times.en}, and its log does not say why`,
      ja: `${hidden.by} が失敗していますが、ログに理由が記録されていません（${times.ja}）`,
    });
  }
  const lines = fact.files.reduce((sum, file) => sum + file.lines, 0);
  if (lines === 0) return notApplicable({ en: 'the log files are empty', ja: 'ログファイルが空です' });
  const past = fact.causes.length > 0;
  const count = grouped(lines);
  return okWith({
    en: `${count} lines read, ${past ? 'every fault in them is over' : `no fault of this mailbox since ${logTime(fact.since)}`}`,
    ja: `${count} 行を確認。${past ? '記録された不具合はすべて解消済みです' : `${logTime(fact.since)} 以降、このメールボックスの不具合はありません`}`,
  });
};

/** What the log files of the CRM and the mail server say of this mailbox. */
export const mailLogs = defineCheck<LogsFact>({
  id: 'mail.logs',
  title: { en: 'The logs show no fault of this mailbox', ja: 'ログにこのメールボックスの不具合がない' },
  offline: true,
  past: true,
  present: ({ config }) => config.logs !== undefined,
  target: ({ config }) => (config.logs ?? []).join(' '),
  probe: async (subject, { clock, history, logs }, signal) => {
    const files = subject.config.logs ?? [];
    const last = await history.lastGood('mail.logs', subject.label, files.join(' '));
    return logs.read({ files, since: logsSince(clock.now(), last?.at), about: aboutOf(subject) }, signal);
  },
  judge,
});
