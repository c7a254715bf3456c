import { afterAll, expect, test } from '@jest/globals';
import type { OpenSample } from '../../src/logs/collect.ts';
import { joinMessages } from '../../src/logs/join.ts';
import { logDirectory } from './text-files.ts';

const place = logDirectory();
afterAll(place.remove);

test('no Message-ID that a stranger chose keeps those of a usual length from being joined', async () => {
  const strange = (length: number) => (_: unknown, index: number) => `<${index}.${'x'.repeat(length)}@example.net>`;
  const usual = '<20261124.7@crm.example.jp>';
  const ids = [...Array.from({ length: 500 }, strange(400)), ...Array.from({ length: 500 }, strange(150)), usual];
  const samples = ids.map(
    (messageId, index): OpenSample => ({
      file: 'crm.log',
      line: index + 1,
      at: null,
      text: '',
      side: 'client-log',
      messageId,
    }),
  );
  const path = place.write(
    'mail.log',
    [
      `Nov 24 09:00:01 mx postfix/cleanup[7]: 4XaA11: message-id=${usual}`,
      'Nov 24 09:00:01 mx postfix/qmgr[7]: 4XaA11: from=<sales@aozora.test>, size=1, nrcpt=1 (queue active)',
    ].join('\n'),
  );
  await joinMessages(samples, [{ name: path, path }]);
  expect(samples.at(-1)?.joined?.sender).toBe('sales@aozora.test');
});
