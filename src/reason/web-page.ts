import type { WebPage } from '../model/crm/reach.ts';
import { productIn } from './web-products.ts';

const mostTitle = 120;

/** The text between two marks. Plain searches: a page may be made to keep a pattern busy. */
const between = (text: string, lower: string, open: string, close: string): string | undefined => {
  const start = lower.indexOf(open);
  if (start < 0) return undefined;
  const inside = lower.indexOf('>', start);
  const end = inside < 0 ? -1 : lower.indexOf(close, inside);
  if (end < 0) return undefined;
  return text.slice(inside + 1, Math.min(end, inside + 1 + 1_000));
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, mostTitle);

/** The value of `<meta name="generator" content="…">`. */
const generatorIn = (text: string, lower: string): string | undefined => {
  const at = lower.search(/name=["']?generator/);
  if (at < 0) return undefined;
  const start = Math.max(lower.lastIndexOf('<', at), at - 300, 0);
  const tag = text.slice(start, start + 600);
  const content = /content=["']([^"'<>]{1,120})/i.exec(tag.slice(0, tag.indexOf('>') + 1 || undefined))?.[1];
  return content === undefined ? undefined : oneLine(content);
};

/** What servers answer that speak TLS at a door where plain HTTP was said (nginx, Apache, HAProxy, Go). */
const wantsTls =
  /plain http request was sent to https port|speaking plain http to an ssl-enabled server port|client sent an http request to an https server/;

const maintained =
  /under maintenance|maintenance mode|down for maintenance|currently being updated|upgrade in progress|メンテナンス中|メンテナンスのため/;

/** Error pages repeat the path that was asked for, with the name of a product in it. */
const withoutPath = (body: string, url: string): string => {
  const path = URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, '') : '';
  return path === '' ? body : body.replaceAll(path, '');
};

/** What can be told of a page from its text and its headers. */
export const pageOf = (
  body: string,
  seen: Pick<WebPage, 'status' | 'url' | 'contentType' | 'server' | 'date' | 'location' | 'asksFor' | 'ms'>,
): WebPage => {
  const lower = body.toLowerCase();
  const title = between(body, lower, '<title', '</title');
  const generator = generatorIn(body, lower);
  const product = productIn(withoutPath(body, seen.url), `${seen.url}\n${seen.location ?? ''}`);
  const says = wantsTls.test(lower) ? 'wants-tls' : maintained.test(lower) ? 'maintenance' : undefined;
  return {
    ...seen,
    ...(title === undefined || oneLine(title) === '' ? {} : { title: oneLine(title) }),
    ...(generator === undefined ? {} : { generator }),
    ...(product === undefined ? {} : { product }),
    asksPassword: /type=["']?password/.test(lower),
    ...(says === undefined ? {} : { says }),
  };
};
