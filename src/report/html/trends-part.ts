import { formatDate } from '../../i18n/format.ts';
import type { TrendReport } from '../../model/report.ts';
import { figureIn, forecastIn, movingTrends, rateIn, spanOf, trendName, trendsIn, trendWords } from '../trends.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Page } from './page.ts';
import { folded } from './page.ts';

const [wide, high] = [300, 90] as const;
const edge = 6;

/** Where the figures and what they lead to stand in the drawing. */
const scaleOf = ({ points, limit, forecast }: TrendReport) => {
  const times = points.map(({ at }) => Date.parse(at));
  const end = forecast ? Date.parse(forecast.to ?? forecast.due) : 0;
  const [first, last] = [Math.min(...times), Math.max(...times, Number.isFinite(end) ? end : 0)];
  const values = points.map(({ value }) => value);
  const top = Math.max(...values, forecast && limit !== undefined ? limit : 0);
  // From nothing where that is near: a small swing far above it would be no line but a wall.
  const bottom = Math.min(...values) > top / 2 && !forecast ? Math.min(...values) : 0;
  return {
    x: (at: number): number => edge + ((at - first) / Math.max(1, last - first)) * (wide - 2 * edge),
    y: (value: number): number => high - edge - ((value - bottom) / Math.max(1e-9, top - bottom)) * (high - 2 * edge),
  };
};

const round = (value: number): string => value.toFixed(1);

/** A line of the figures; dashed, what comes at the present rate, and from when to when the limit may be reached. */
const drawing = (page: Page, trend: TrendReport, id: string): Markup => {
  const { language, say, report } = page;
  const { points, limit, forecast } = trend;
  const { x, y } = scaleOf(trend);
  const name = trendName(trend, report);
  const path = points.map(({ at, value }) => `${round(x(Date.parse(at)))} ${round(y(value))}`).join('L');
  const last = points.at(-1);
  const span = spanOf(trend, language);
  const ahead =
    forecast && limit !== undefined && last
      ? html`<line class="limit" x1="${edge}" x2="${wide - edge}" y1="${round(y(limit))}" y2="${round(y(limit))}"/>
<line class="span" x1="${round(x(Date.parse(forecast.from)))}" x2="${round(x(Date.parse(forecast.to ?? forecast.due)))}" y1="${round(y(limit))}" y2="${round(y(limit))}"/>
<line class="ahead" x1="${round(x(Date.parse(last.at)))}" y1="${round(y(last.value))}" x2="${round(x(Date.parse(forecast.due)))}" y2="${round(y(limit))}"/>`
      : undefined;
  const says = `${span ? `${span.from} – ${span.to}: ` : ''}${trend.says}`;
  return html`<svg class="trend ${forecast ? 'warn' : 'info'}" viewBox="0 0 ${wide} ${high}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${name}</title><desc id="${id}-desc">${says}</desc>
<line class="axis" x1="${edge}" x2="${wide - edge}" y1="${high - edge}" y2="${high - edge}"/>
${ahead}<path d="M${path}"/>
${last ? html`<circle cx="${round(x(Date.parse(last.at)))}" cy="${round(y(last.value))}" r="3.5"><title>${say(trendWords.last)}: ${figureIn(trend, last.value, language)}</title></circle>` : undefined}</svg>`;
};

const card = (page: Page, trend: TrendReport, index: number): Markup => {
  const { say, language } = page;
  const since =
    trend.since === undefined
      ? undefined
      : html`<br><span class="muted">${say(trendWords.since)} ${formatDate(trend.since, language)}</span>`;
  const span = spanOf(trend, language);
  return html`<li><p><strong>${trendName(trend, page.report)}</strong><br>${trend.says}${since}</p>
${drawing(page, trend, `trend-${index + 1}`)}
${span ? html`<p class="ends muted"><span>${span.from}</span><span>${trend.forecast ? formatDate(trend.forecast.to ?? trend.forecast.due, language) : span.to}</span></p>` : undefined}</li>
`;
};

/** The same figures as words, for those who hear the page or copy from it. */
const table = (page: Page, trends: readonly TrendReport[]): Markup => {
  const { say, language, report } = page;
  return html`<table class="trend-table"><thead><tr><th scope="col">${say(trendWords.figure)}</th><th scope="col">${say(trendWords.first)}</th><th scope="col">${say(trendWords.last)}</th><th scope="col">${say(trendWords.rate)}</th><th scope="col">${say(trendWords.forecast)}</th></tr></thead>
<tbody>
${trends.map((trend) => {
  const [first, last] = [trend.points[0], trend.points.at(-1)];
  const span = spanOf(trend, language);
  return html`<tr><th scope="row">${trendName(trend, report)}</th><td>${first ? figureIn(trend, first.value, language) : ''} <span class="muted">${span?.from ?? ''}</span></td><td>${last ? figureIn(trend, last.value, language) : ''}</td><td>${rateIn(trend, language)}</td><td>${forecastIn(trend, language)}</td></tr>\n`;
})}</tbody></table>`;
};

const mostDrawn = 12;

/** How the figures of this run came about, and where they go. */
export const trendsPart = (page: Page): Markup | undefined => {
  const { report, say } = page;
  const trends = trendsIn(report);
  if (trends.length === 0) return undefined;
  const moving = movingTrends(report).slice(0, mostDrawn);
  const drawn =
    moving.length > 0
      ? html`<ul class="trends">
${moving.map((trend, index) => card(page, trend, index))}</ul>`
      : undefined;
  return html`<section class="card" aria-labelledby="trends">
<h2 id="trends">${say(trendWords.title)}</h2>
${drawn}
${folded(page, `${say(trendWords.more)} (${trends.length})`, table(page, trends))}
</section>`;
};
