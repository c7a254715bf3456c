import { expect, test } from '@jest/globals';
import { webProxyWay } from '../../src/world/web-proxy.ts';

const proxy = 'http://proxy.example:3128';
const direct = { kind: 'direct' };
const by = (host: string, port: number, more = {}) => ({ kind: 'proxy', proxy: { host, port, ...more } });
const found = by('proxy.example', 3128);
const unusable = (variable: string) => ({ kind: 'unusable', variable });

test.each([
  ['https://crm.example.test', {}, direct],
  ['https://crm.example.test', { HTTPS_PROXY: proxy }, found],
  ['https://crm.example.test', { https_proxy: 'proxy.example' }, by('proxy.example', 80)],
  ['https://crm.example.test', { http_proxy: proxy }, direct],
  ['http://crm.example.test', { http_proxy: proxy, https_proxy: 'http://other' }, found],
  ['http://crm.example.test', { ALL_PROXY: proxy }, found],
  ['https://crm.example.test', { ALL_PROXY: 'socks5://proxy.example:1080' }, unusable('ALL_PROXY')],
  ['https://crm.example.test', { HTTPS_PROXY: 'https://proxy.example' }, unusable('HTTPS_PROXY')],
  ['https://crm.example.test', { HTTPS_PROXY: 'https://proxy.example', no_proxy: '.example.test' }, direct],
  ['https://crm.example.test', { https_proxy: '', ALL_PROXY: proxy }, found],
  ['https://crm.example.test', { https_proxy: '::::' }, unusable('https_proxy')],
  [
    'https://crm.example.test',
    { https_proxy: 'http://a%40b:%zz@[::1]:8080' },
    by('::1', 8080, { authorization: `Basic ${btoa('a@b:%zz')}` }),
  ],
  ['https://localhost', { https_proxy: proxy }, direct],
  ['https://127.9.9.9', { https_proxy: proxy }, direct],
  ['https://[::1]:8443', { https_proxy: proxy }, direct],
])('%s with %j: %j', (url, env, expected) => {
  expect(webProxyWay(new URL(url), env)).toEqual(expected);
});

test.each([
  ['crm.example.test', 'example.test', true],
  ['crm.example.test', 'other.test, .example.test', true],
  ['crm.example.test', '*.example.test', true],
  ['crm.example.test', 'CRM.example.test:443', true],
  ['crm.example.test', 'crm.example.test:8443', false],
  ['crm.example.test', 'xample.test', false],
  ['crm.example.test', '*', true],
  ['crm.example.test', ' ,. ,', false],
  ['10.1.2.3', '10.0.0.0/8', true],
  ['10.1.2.3', '10.1.2.3', true],
  ['10.1.2.3', '10.1.2.0/31', false],
  ['[2001:db8::7]', '2001:db8::/32', true],
  ['[2001:db8::7]', '[2001:db8::7]:443', true],
])('NO_PROXY: for %s %j says %s', (host, list, excepted) => {
  const got = webProxyWay(new URL(`https://${host}`), { https_proxy: proxy, no_proxy: list });
  expect(got).toEqual(excepted ? direct : found);
});
