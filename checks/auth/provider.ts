/** Providers whose menus and switches the steps name. */
export type Provider = 'microsoft' | 'google' | 'yahoo-japan' | 'icloud' | 'zoho' | 'netease' | 'sakura' | 'xserver';

const hosts: readonly (readonly [Provider, RegExp])[] = [
  ['microsoft', /(?:^|\.)(?:office365|outlook|hotmail|live)\.com$/i],
  ['google', /(?:^|\.)(?:gmail|googlemail|google)\.com$/i],
  ['yahoo-japan', /(?:^|\.)yahoo\.co\.jp$/i],
  ['icloud', /(?:^|\.)(?:mail\.me|icloud|me)\.com$/i],
  ['zoho', /(?:^|\.)zoho\.(?:com|eu|in|jp|com\.au|com\.cn)$/i],
  ['netease', /(?:^|\.)(?:163|126|188|qq)\.com$/i],
  ['sakura', /(?:^|\.)sakura\.(?:ne|ad)\.jp$/i],
  ['xserver', /(?:^|\.)xserver\.jp$/i],
];

const words: readonly (readonly [Provider, RegExp])[] = [
  ['microsoft', /aka\.ms|5\.7\.139|SmtpClientAuthentication|STOREDRV|\.outlook\.com|AADSTS/i],
  ['google', /support\.google\.com|gsmtp|accounts\.google/i],
  ['netease', /kefu@|service\.mail\.qq/i],
];

const firstIn = (table: readonly (readonly [Provider, RegExp])[], text: string): Provider | undefined =>
  table.find(([, pattern]) => pattern.test(text))?.[0];

/** Who runs the server, as its name or its own words tell. */
export const providerOf = (host: string, says: string): Provider | undefined =>
  firstIn(hosts, host.replace(/\.$/, '')) ?? firstIn(words, says);
