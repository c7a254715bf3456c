import { stat } from 'node:fs/promises';
import { formatMs, plural } from '../../i18n/format.ts';
import type { Listener } from '../../model/event.ts';
import type { CameOver, Expected, OpenedSource, SourceFacts, SourceProgress } from '../../model/sync/source.ts';
import { grouped, type Text } from '../../model/text.ts';
import { bytesText } from '../../report/comparison/numbers.ts';
import type { PreparedSide } from '../../sync/prepared.ts';
import { checksumBytes, sampledMost } from '../../sync/push-down/levels.ts';

/** How a side is compared: its records come here, or checksums of them do. */
export type Way =
  | { readonly kind: 'read' }
  /**
   * `rows`: of the larger side, by which the checksums are made; `cluster`: one server sees both sides, and where most records differ it
   * compares them itself; `inPlace`: it reads the table of another one for that.
   */
  | { readonly kind: 'checksums'; readonly rows?: number; readonly cluster: boolean; readonly inPlace: boolean };

/**
 * So often a cluster reads a table of another database, a question each time: five or six times for checksums (push-down/checksums.ts),
 * eight where most rows differ (push-down/statistics.ts), three more for a sample of them (push-down/sampled.ts) and once more for each
 * column of options.
 */
const passesInPlace = 11;
/** Of so many records one differs, in the second of two figures. */
const oneOf = 100;

const unknown: Text = {
  en: 'how much comes over is not known before: the service does not tell',
  ja: '転送量は事前にはわかりません（サービス側から示されません）',
};

/** `about 1,000,000 records, 164.0 MiB in about 62 requests`; undefined where nothing is known. */
const amountWords = ({ rows, bytes, requests, atMost }: Expected): Text | undefined => {
  const size = bytes === undefined ? [] : [bytesText(bytes)];
  const many = rows === undefined ? undefined : grouped(rows);
  if (many === undefined && size.length === 0) return undefined;
  const calls = requests === undefined ? undefined : grouped(requests);
  return {
    en: `${atMost ? 'at most ' : ''}about ${[...(many === undefined ? [] : [`${many} records`]), ...size].join(', ')}${calls === undefined ? '' : ` in about ${calls} requests`}`,
    ja: `${atMost ? '最大で' : ''}約 ${[...(many === undefined ? [] : [`${many} 件`]), ...size].join('、')}${calls === undefined ? '' : `（リクエスト約 ${calls} 回）`}`,
  };
};

const checksumWords = (
  { rows, bytes }: Expected,
  { rows: most = 0, cluster, inPlace }: Way & { kind: 'checksums' },
): Text => {
  if (rows === undefined || bytes === undefined || rows === 0) return unknown;
  const over = (differing: number): string => bytesText(checksumBytes(Math.max(most, rows), bytes / rows, differing));
  const [none, some, whole] = [over(0), over(Math.ceil(rows / oneOf)), bytesText(bytes)];
  const there = inPlace
    ? {
        en: `; the cluster reads the table in place, up to ${passesInPlace} times (about ${bytesText(bytes * passesInPlace)} between the two servers)`,
        ja: `。クラスターがテーブルを最大 ${passesInPlace} 回直接読み取ります（サーバー間で約 ${bytesText(bytes * passesInPlace)}）`,
      }
    : { en: '', ja: '' };
  const sample = bytesText(sampledMost(rows, bytes / rows));
  const mostly = cluster
    ? { en: `, a sample of at most about ${sample} where most do`, ja: `、大半が異なれば標本で最大約 ${sample}` }
    : { en: '', ja: '' };
  return {
    en: `about ${none} of checksums and samples come over where nothing differs, about ${some} where one record in ${oneOf} does${mostly.en}, instead of about ${whole}${there.en}`,
    ja: `転送量は、差異がなければチェックサムと標本で約 ${none}、${oneOf} 件に 1 件が異なれば約 ${some}${mostly.ja} の見込みです（全行では約 ${whole}）${there.ja}`,
  };
};

/** What will come over, before it does; undefined where nothing crosses a network. */
export const expectedWords = ({ expected }: Pick<SourceFacts, 'expected'>, way: Way): Text | undefined => {
  if (!expected) return undefined;
  if (way.kind === 'checksums') return checksumWords(expected, way);
  const amount = amountWords(expected);
  return amount
    ? { en: `${amount.en} come over`, ja: `転送量は${amount.ja}${/[A-Za-z]$/.test(amount.ja) ? ' ' : ''}の見込みです` }
    : unknown;
};

const waitedWords = ({ waits = 0, waitedMs = 0 }: CameOver): Text =>
  waits === 0
    ? { en: '', ja: '' }
    : {
        en: `, waited ${formatMs(waitedMs, 'en')} because it asked for it (${plural(waits, 'time')})`,
        ja: `、サービスの要求で ${formatMs(waitedMs, 'ja')}待機（${grouped(waits)} 回）`,
      };

/** What has come over. */
const cameWords = (came: CameOver): Text => {
  const { rows, bytes, requests } = came;
  const waited = waitedWords(came);
  const en = [
    bytes === undefined ? `${grouped(rows)} records` : bytesText(bytes),
    ...(requests === undefined ? [] : [`${grouped(requests)} requests`]),
  ];
  const ja = [
    bytes === undefined ? `${grouped(rows)} 件` : bytesText(bytes),
    ...(requests === undefined ? [] : [`リクエスト ${grouped(requests)} 回`]),
  ];
  return { en: `${en.join(', ')} came over${waited.en}`, ja: `転送済み ${ja.join('、')}${waited.ja}` };
};

/** The end of the row of a side: what is expected, or what came and what was expected. */
export const transferWords = (facts: SourceFacts, way: Way): Text => {
  const { expected, came } = facts;
  const over = came ? cameWords(came) : expectedWords(facts, way);
  const before = came && expected && amountWords(expected);
  if (!over) return { en: '', ja: '' };
  return {
    en: `; ${over.en}${before ? ` (said before: ${before.en})` : ''}`,
    ja: `。${over.ja}${before ? `（事前の見積もり: ${before.ja}）` : ''}`,
  };
};

const leftWords = (seconds: number | undefined): Text =>
  seconds === undefined ? { en: '', ja: '' } : { en: `, ${seconds} s left`, ja: `、残り ${seconds} 秒` };

/** `12,400 of 61,234 records, 62 requests, 8 s left` */
const readingWords = (progress: SourceProgress & { kind: 'came' }, ms: number): Text => {
  const { came, of, waiting } = progress;
  const part = of === undefined || of <= 0 ? 0 : came.rows / of;
  const left = part < 0.02 || part > 1 ? undefined : Math.ceil(((1 - part) * ms) / part / 1000);
  const requests =
    came.requests === undefined
      ? { en: '', ja: '' }
      : { en: `, ${grouped(came.requests)} requests`, ja: `、リクエスト ${grouped(came.requests)} 回` };
  const pause = waiting
    ? { en: ', waits because the service asks for it', ja: '、サービスの要求で待機中' }
    : waitedWords(came);
  const many = grouped(came.rows);
  return {
    en: `${of === undefined ? many : `${many} of ${grouped(of)}`} records${requests.en}${pause.en}${leftWords(left).en}`,
    ja: `${of === undefined ? '' : `${grouped(of)} 件中 `}${many} 件${requests.ja}${pause.ja}${leftWords(left).ja}`,
  };
};

/** So often a person is told how far it is. */
const everyMs = 200;

/** Says before a side is read what comes over, and then how far it is. */
export const tellsReading = (
  { listener }: { readonly listener: Listener },
  /** What the step of the run is about, and the side. */
  label: string,
  target: string,
): ((progress: SourceProgress) => void) => {
  const id = 'sync.sources';
  const start = performance.now();
  let told = Number.NEGATIVE_INFINITY;
  return (progress) => {
    if (progress.kind === 'expected') {
      const says = expectedWords(progress, { kind: 'read' });
      if (says) listener({ kind: 'check-announced', id, target, says });
      return;
    }
    const ms = performance.now() - start;
    if (ms - told < everyMs) return;
    told = ms;
    listener({ kind: 'check-progressed', id, target: label, says: readingWords(progress, ms) });
  };
};

/** A side that is read into a file of our own, with what came over where it is of another system. */
export const readOver = async (
  source: OpenedSource,
  tell: (progress: SourceProgress) => void,
  prepare: (watched: OpenedSource) => Promise<PreparedSide>,
): Promise<PreparedSide> => {
  const { facts } = source;
  // Who has counted already what came, and a side of this machine, are read as they are.
  if (!facts.expected || facts.came) return prepare(source);
  tell({ kind: 'expected', expected: facts.expected });
  let rows = 0;
  const of = facts.rows?.count;
  const prepared = await prepare({
    ...source,
    rows: async function* (signal) {
      for await (const batch of source.rows(signal)) {
        if (batch.kind === 'rows') rows += batch.rows.length;
        tell({ kind: 'came', came: { rows }, ...(of === undefined ? {} : { of }) });
        yield batch;
      }
    },
  });
  const [file] = prepared.scanned.files;
  const kept = file && (await stat(file.path).catch(() => undefined));
  const came: CameOver = { rows, ...(file && kept ? { bytes: Math.max(0, kept.size - file.from) } : {}) };
  return { ...prepared, source: { ...prepared.source, facts: { ...facts, came } } };
};
