import { charactersOf, width } from '../../i18n/width.ts';
import type { Language } from '../../model/text.ts';
import type { MapEdge, MapWorkflow } from '../../model/workflow/map.ts';
import type { Markup } from '../html/markup.ts';
import { html } from '../html/markup.ts';
import type { Group } from './layout.ts';

const box = { width: 232, height: 46, gapX: 92, gapY: 16, margin: 8 };

/** As much of a name as a box holds; the whole is in its title. */
const fitted = (text: string, columns: number): string => {
  let used = 0;
  let result = '';
  for (const character of charactersOf(text)) {
    used += width(character);
    if (used > columns - 1) return `${result}…`;
    result += character;
  }
  return result;
};

interface Spot {
  readonly x: number;
  readonly y: number;
}

const node = (
  { key, id, label, object = '', triggers, opaque, status }: MapWorkflow,
  { x, y }: Spot,
  anchor: string,
  language: Language,
): Markup => {
  const name = label?.[language] ?? id;
  const below = [object, triggers.join(', ')].filter((part) => part !== '').join(' · ');
  return html`<a href="#${anchor}"><g class="node${status === 'active' ? '' : ' idle'}" data-key="${key}"><title>${name === id ? id : `${name} (${id})`}${below === '' ? '' : ` — ${below}`}</title>
<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="7"${opaque ? html` stroke-dasharray="5 3"` : undefined}/>
<text x="${x + 12}" y="${y + 20}" class="name">${fitted(name, 26)}</text>
<text x="${x + 12}" y="${y + 37}" class="below">${fitted(below, 32)}</text></g></a>
`;
};

const curve = (from: Spot, to: Spot): string => {
  const startX = from.x + box.width;
  const startY = from.y + box.height / 2;
  const endY = to.y + box.height / 2;
  if (to.x > from.x) {
    const bend = (to.x - startX) / 2;
    return `M${startX} ${startY}C${startX + bend} ${startY} ${to.x - bend} ${endY} ${to.x} ${endY}`;
  }
  // Back to the left, or to itself: around below.
  const low = Math.max(from.y, to.y) + box.height + box.gapY / 2;
  return `M${startX} ${startY}C${startX + 44} ${startY} ${startX + 44} ${low} ${startX - 20} ${low}L${to.x + 20} ${low}C${to.x - 44} ${low} ${to.x - 44} ${endY} ${to.x} ${endY}`;
};

const arrow = ({ kind, because, sure, endless }: MapEdge, from: Spot, to: Spot, language: Language): Markup =>
  html`<path class="edge ${kind}${sure ? '' : ' unsure'}${endless ? ' endless' : ''}" d="${curve(from, to)}" marker-end="url(#${endless ? 'tip-endless' : 'tip'})"><title>${because[language]}</title></path>
`;

/** The marks at the ends of arrows; once a page. */
export const tips: Markup = html`<svg width="0" height="0" class="sprite" aria-hidden="true"><defs>
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0 8 4 0 8z"/></marker>
<marker id="tip-endless" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip endless" d="M0 0 8 4 0 8z"/></marker>
</defs></svg>`;

/** One group of workflows that have to do with each other. */
export const drawing = (
  { columns, edges }: Group,
  anchorOf: (key: string) => string,
  language: Language,
  title: string,
): Markup => {
  const spots = new Map<string, Spot>();
  columns.forEach((column, at) => {
    column.forEach(({ key }, row) => {
      spots.set(key, {
        x: box.margin + 40 + at * (box.width + box.gapX),
        y: box.margin + row * (box.height + box.gapY),
      });
    });
  });
  const rows = Math.max(...columns.map(({ length }) => length));
  const wide = box.margin * 2 + 80 + columns.length * (box.width + box.gapX) - box.gapX;
  const high = box.margin * 2 + rows * (box.height + box.gapY);
  return html`<div class="drawing"><svg role="img" aria-label="${title}" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}">
${edges.flatMap((edge) => {
  const from = spots.get(edge.from);
  const to = spots.get(edge.to);
  return from && to ? [arrow(edge, from, to, language)] : [];
})}${columns.flat().flatMap((workflow) => {
  const spot = spots.get(workflow.key);
  return spot ? [node(workflow, spot, anchorOf(workflow.key), language)] : [];
})}</svg></div>`;
};
