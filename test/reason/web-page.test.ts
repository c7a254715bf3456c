import { describe, expect, test } from '@jest/globals';
import { pageOf } from '../../src/reason/web-page.ts';
import { otherPaths, productIn, sameProduct } from '../../src/reason/web-products.ts';

const seen = { status: 200, url: 'https://crm.example.co.jp/', contentType: 'text/html', ms: 3 };

describe('a page tells who made it', () => {
  test.each([
    ['<html><head><title> EspoCRM\n </title>', 'espocrm'],
    ['<script>odoo.__session_info__ = {}</script>', 'odoo'],
    ['<link href="/assets/frappe/css/login.css">', 'frappe'],
    ['<title>Welcome to nginx!</title>', 'nginx'],
    ['<form action="https://login.microsoftonline.com/common">EspoCRM</form>', 'microsoft'],
    ['<p>nothing that is known</p>', undefined],
  ])('%s', (body, id) => {
    expect(pageOf(body, seen).product?.id).toBe(id);
  });

  test('by the address that it came from', () => {
    expect(pageOf('', { ...seen, url: 'https://sso.example.co.jp/adfs/ls/?x=1' }).product?.is).toBe('sign-on');
  });

  test('but not by the path that was asked for, nor where an error page repeats it', () => {
    const asked = { ...seen, status: 404, url: 'https://crm.example.co.jp/espocrm/' };
    expect(pageOf('<p>The requested URL /espocrm/ was not found</p>', asked).product).toBeUndefined();
  });

  test('its title, its generator and its field for a password', () => {
    const page = pageOf(
      '<meta name="generator" content="Odoo"><title>Log in</title><input type="password" name="password">',
      seen,
    );
    expect(page).toMatchObject({ title: 'Log in', generator: 'Odoo', asksPassword: true });
  });

  test('that it wants TLS, or is being maintained', () => {
    expect(pageOf('<h1>400</h1>The plain HTTP request was sent to HTTPS port', seen).says).toBe('wants-tls');
    expect(pageOf('<p>ただいまメンテナンス中です</p>', seen).says).toBe('maintenance');
    expect(pageOf('<p>hello</p>', seen).says).toBeUndefined();
  });

  test('a page that never ends its tags is read at once', () => {
    const long = `<title${' '.repeat(60_000)}<meta name="generator" ${'content='.repeat(1_000)}`;
    expect(pageOf(long, seen).title).toBeUndefined();
  });
});

test('products answer for their families only', () => {
  expect(sameProduct('frappe', 'ERPNext')).toBe(true);
  expect(sameProduct('odoo', 'espocrm')).toBe(false);
  expect(productIn('')).toBeUndefined();
});

test('other paths are few, and not the configured one', () => {
  expect(otherPaths('espocrm', '/espocrm/')).toEqual(['', '/crm']);
  expect(otherPaths('salesforce', '/x')).toEqual(['']);
});
