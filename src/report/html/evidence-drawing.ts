import { formatDate } from '../../i18n/format.ts';
import type { CheckReport } from '../../model/report.ts';
import { grouped, type Text } from '../../model/text.ts';
import { inside, listIn } from '../inside.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Page } from './page.ts';

const words = {
  spans: { en: 'When each cause stands in the log', ja: '原因ごとの、ログに記録された期間' },
  lines: { en: 'lines', ja: '行' },
  sizes: { en: 'Sizes of the backups, the newest on the right', ja: 'バックアップのサイズ（右端が最新）' },
} as const satisfies Readonly<Record<string, Text>>;

const most = { spans: 10, series: 4, bars: 20 } as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

interface Drawing {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly height: number;
  readonly body: readonly Markup[];
}

const drawn = ({ id, title, says, height, body }: Drawing): Markup =>
  html`<figure class="evidence"><figcaption class="muted">${title}</figcaption><svg class="timeline" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${title}</title><desc id="${id}-desc">${says}</desc>
${body}</svg></figure>`;

interface Span {
  readonly cause: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

const spansIn = (fact: unknown): readonly Span[] => {
  const rows = [fact, inside(fact, 'files'), inside(fact, 'api', 'found')].flatMap((part) => listIn(part, 'causes'));
  return rows
    .map((row) => ({
      cause: text(inside(row, 'cause')),
      count: number(inside(row, 'count')),
      first: Date.parse(text(inside(row, 'first'))),
      last: Date.parse(text(inside(row, 'last'))),
    }))
    .filter(({ cause, first, last }) => cause !== '' && !Number.isNaN(first) && last >= first)
    .toSorted((one, other) => one.first - other.first)
    .slice(0, most.spans);
};

const row = 34;

/** What a log speaks of: since when, until when, how often. */
const spansDrawing = ({ say, language, report }: Page, fact: unknown, id: string): Markup | undefined => {
  const spans = spansIn(fact);
  const now = Date.parse(report.run.startedAt);
  if (spans.length === 0 || Number.isNaN(now)) return undefined;
  const start = Math.min(...spans.map(({ first }) => first));
  const end = Math.max(now, ...spans.map(({ last }) => last));
  const place = (at: number): number => 2 + ((at - start) / Math.max(1, end - start)) * 96;
  const x = (at: number): string => `${place(at).toFixed(2)}%`;
  const base = spans.length * row;
  const told = spans.map(({ cause, count, first, last }) => {
    const times = [first, last].map((at) => formatDate(new Date(at), language));
    return `${cause}: ${grouped(count)} ${say(words.lines)}, ${[...new Set(times)].join(' – ')}`;
  });
  const body = spans.map(({ cause, count, first, last }, index) => {
    const y = index * row + 24;
    // A name begins where its line does, unless it would not fit there.
    const late = place(first) > 50;
    return html`<g class="warn"><title>${told[index]}</title><text class="label" x="${late ? '98%' : x(first)}" y="${y - 9}"${late ? html` text-anchor="end"` : undefined}>${cause} (${grouped(count)})</text><line class="span" x1="${x(first)}" x2="${x(last)}" y1="${y}" y2="${y}"/><circle cx="${x(first)}" cy="${y}" r="3.5"/><circle cx="${x(last)}" cy="${y}" r="3.5"/></g>\n`;
  });
  return drawn({
    id,
    title: say(words.spans),
    says: told.join('; '),
    height: base + 28,
    body: [
      ...body,
      html`<line class="axis" x1="2%" x2="98%" y1="${base + 6}" y2="${base + 6}"/><text class="label" x="2%" y="${base + 22}">${formatDate(new Date(start), language)}</text><text class="label" x="98%" y="${base + 22}" text-anchor="end">${formatDate(new Date(end), language)}</text>`,
    ],
  });
};

const sizeText = (bytes: number): string => {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const shown = bytes / 1000 ** power;
  return `${power === 0 ? shown : shown.toFixed(1)} ${units[power]}`;
};

/** Backups that follow each other: a shrinking or missing one is seen at once. */
const sizesDrawing = ({ say, language }: Page, series: unknown, id: string): Markup | undefined => {
  const members = listIn(series, 'members')
    .map((member) => ({
      bytes: number(inside(member, 'bytes')),
      at: text(inside(member, 'modified')),
      path: text(inside(member, 'path')),
    }))
    .slice(0, most.bars)
    .toReversed();
  const [oldest] = members;
  const newest = members.at(-1);
  if (members.length < 2 || !oldest || !newest) return undefined;
  const top = Math.max(1, ...members.map(({ bytes }) => bytes));
  const step = 96 / members.length;
  const bars = members.map(({ bytes, at, path }, index) => {
    const height = Math.max(3, (bytes / top) * 60);
    return html`<g class="${bytes < top / 2 ? 'warn' : 'pass'}"><title>${path}: ${sizeText(bytes)}, ${formatDate(at, language)}</title><rect x="${(2 + index * step).toFixed(2)}%" width="${(step * 0.8).toFixed(2)}%" y="${(78 - height).toFixed(1)}" height="${height.toFixed(1)}"/></g>\n`;
  });
  const name = text(inside(series, 'name'));
  return drawn({
    id,
    title: `${say(words.sizes)}: ${name}`,
    says: members.map(({ bytes, at }) => `${formatDate(at, language)}: ${sizeText(bytes)}`).join('; '),
    height: 100,
    body: [
      ...bars,
      html`<text class="label" x="2%" y="12">${sizeText(top)}</text><line class="axis" x1="2%" x2="98%" y1="78" y2="78"/><text class="label" x="2%" y="94">${formatDate(oldest.at, language)}</text><text class="label" x="98%" y="94" text-anchor="end">${formatDate(newest.at, language)}</text>`,
    ],
  });
};

/** What of a check's data is clearer as a drawing. `id` is unique on the page. */
export const evidenceDrawings = (page: Page, { evidence }: CheckReport, id: string): readonly Markup[] =>
  evidence.flatMap((fact, index) => {
    const spans = spansDrawing(page, fact, `${id}-${index}-log`);
    const series = listIn(fact, 'places')
      .flatMap((one) => listIn(one, 'place', 'series'))
      .slice(0, most.series)
      .flatMap((one, at) => sizesDrawing(page, one, `${id}-${index}-${at}`) ?? []);
    return [...(spans ? [spans] : []), ...series];
  });
