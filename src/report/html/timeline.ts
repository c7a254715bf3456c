import { formatDate } from '../../i18n/format.ts';
import type { Report } from '../../model/report.ts';
import type { Markup } from './markup.ts';
import { html, prose } from './markup.ts';
import type { Page } from './page.ts';
import { words } from './words.ts';

type Note = Report['prevention'][number];

/** A note with a date that can be drawn. */
interface Dated {
  readonly note: Note;
  readonly at: number;
}

const datedOf = (notes: readonly Note[]): readonly Dated[] =>
  notes
    .map((note) => ({ note, at: Date.parse(note.due ?? '') }))
    .filter(({ at }) => !Number.isNaN(at))
    .toSorted((left, right) => left.at - right.at);

const day = 86_400_000;

/** The first row in which a sign does not lie on another; percent of the width. */
const rowsOf = (places: readonly number[]): readonly number[] => {
  const last: number[] = [];
  return places.map((place) => {
    const free = last.findIndex((before) => place - before >= 11);
    const row = free === -1 ? last.length : free;
    last[row] = place;
    return row;
  });
};

/** Numbers on a line from the day of the run to the last date; the list below it says what they are. */
const drawing = ({ say, language }: Page, dated: readonly Dated[], start: number): Markup => {
  const end = Math.max(start + day, ...dated.map(({ at }) => at));
  const placeOf = (at: number) => 6 + Math.max(0, Math.min(1, (at - start) / (end - start))) * 88;
  const places = dated.map(({ at }) => placeOf(at));
  const rows = rowsOf(places);
  const base = 20 + Math.max(0, ...rows) * 30;
  const marks = dated.map(({ at, note }, index) => ({
    number: index + 1,
    date: formatDate(note.due ?? '', language),
    state: at - start <= 21 * day ? 'warn' : 'info',
    x: `${(places[index] ?? 0).toFixed(2)}%`,
    y: base - (rows[index] ?? 0) * 30,
  }));
  const stems = marks.map(({ x, y }) => html`<line x1="${x}" x2="${x}" y1="${y}" y2="${base + 14}"/>\n`);
  const signs = marks.map(
    ({ number, date, state, x, y }) =>
      html`<g class="${state}"><title>${date}</title><circle cx="${x}" cy="${y}" r="12"/><text x="${x}" y="${y + 4.5}" text-anchor="middle">${number}</text></g>\n`,
  );
  const height = base + 40;
  return html`<svg class="timeline" height="${height}" aria-hidden="true" focusable="false">
<line class="axis" x1="3%" x2="97%" y1="${base + 14}" y2="${base + 14}"/>
<circle class="today" cx="6%" cy="${base + 14}" r="4"/>
${stems}${signs}<text class="label" x="3%" y="${base + 36}">${say(words.thisRun)} ${formatDate(new Date(start), language)}</text>
<text class="label" x="97%" y="${base + 36}" text-anchor="end">${formatDate(new Date(end), language)}</text>
</svg>`;
};

/** What will need a hand later, on a line of time where dates are known. */
export const preventionPart = (page: Page): Markup | undefined => {
  const { report, say, language } = page;
  const { prevention, run } = report;
  if (prevention.length === 0) return undefined;
  const dated = datedOf(prevention);
  const undated = prevention.filter((note) => !dated.some((one) => one.note === note));
  const start = Date.parse(run.startedAt);
  const drawn = dated.length > 0 && !Number.isNaN(start) ? drawing(page, dated, start) : undefined;
  return html`<section class="card" aria-labelledby="prevention">
<h2 id="prevention">${say(words.prevention)}</h2>
${drawn}
<ol class="dates">
${dated.map(({ note, at }) => html`<li><time datetime="${new Date(at).toISOString().slice(0, 10)}">${formatDate(note.due ?? '', language)}</time> ${prose(note.says)}</li>\n`)}</ol>
${
  undated.length > 0
    ? html`<ul class="undated">
${undated.map(({ due, says }) => html`<li>${due === undefined ? undefined : html`${due} `}${prose(says)}</li>\n`)}</ul>`
    : undefined
}
</section>`;
};
