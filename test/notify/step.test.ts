import { describe, expect, test } from '@jest/globals';
import { awaiting } from '../../src/notify/step.ts';
import { kinds, minute, problem, watching } from './looks.ts';

const mailbox = 'sales@example.jp';
const bad = { [mailbox]: [problem()] };
const other = { [mailbox]: [problem({ cause: 'net.filtered' })] };
const certain = { [mailbox]: [problem({ cause: 'tls.certificate-expired', certain: true })] };
const good = { [mailbox]: 'pass' } as const;

describe('a problem', () => {
  test('is told at the second look in a row, once', () => {
    const watch = watching();
    expect(watch.look(bad)).toEqual([]);
    expect(awaiting(watch.alerts())).toEqual([{ mailbox, since: '2026-11-26T00:15:00.000Z', checks: ['mail.port'] }]);
    const [told, ...others] = watch.look(bad);
    expect(others).toEqual([]);
    expect(told).toMatchObject({
      kind: 'problem',
      severity: 'critical',
      item: { cause: 'net.refused', mailboxes: [mailbox], since: '2026-11-26T00:15:00.000Z', host: 'imap.example.jp' },
    });
    for (let times = 0; times < 20; times += 1) expect(watch.look(bad)).toEqual([]);
  });

  test('that is certain is told at once', () => {
    expect(kinds(watching().look(certain))).toEqual(['problem']);
  });

  test('of one look is not told, and neither is its end', () => {
    const watch = watching();
    expect([...watch.look(bad), ...watch.look(good), ...watch.look(good)]).toEqual([]);
  });

  test('is recalled while it lasts, and only where it is seen again', () => {
    const watch = watching({ remind: 60 * minute });
    watch.look(bad);
    watch.look(bad);
    expect(watch.look({ [mailbox]: 'unknown' }, { after: 61 * minute })).toEqual([]);
    expect(kinds(watch.look(bad))).toEqual(['reminder']);
    expect(watch.look(bad)).toEqual([]);
    expect(kinds(watch.look(bad, { after: 60 * minute }))).toEqual(['reminder']);
  });

  test('that gets worse is told again, and then not at every turn', () => {
    const watch = watching();
    const warning = { [mailbox]: [problem({ severity: 'warning', certain: true })] };
    expect(kinds(watch.look(warning))).toEqual(['problem']);
    expect(kinds(watch.look(bad))).toEqual(['changed']);
    expect([...watch.look(warning), ...watch.look(bad), ...watch.look(warning)]).toEqual([]);
  });
});

describe('the end of a problem', () => {
  test('is told with how long it lasted and what was written down', () => {
    const watch = watching();
    watch.look(bad);
    watch.look(bad);
    const says = { en: 'no longer found after "rebooted"', ja: '「再起動」のあと、見つからなくなりました' };
    const [told] = watch.look(good, { resolutions: [{ cause: 'net.refused', mailbox, says }] });
    expect(told).toMatchObject({
      kind: 'recovered',
      at: '2026-11-26T00:45:00.000Z',
      item: { since: '2026-11-26T00:15:00.000Z' },
      written: says,
    });
    expect(watch.look(good)).toEqual([]);
  });

  test.each(['unknown', 'skip', 'error', 'fail'] as const)('is not told where its check is %s', (status) => {
    const watch = watching();
    watch.look(bad);
    watch.look(bad);
    expect(watch.look({ [mailbox]: status })).toEqual([]);
    expect(kinds(watch.look(good))).toEqual(['recovered']);
  });

  test('is not told where nothing was looked at', () => {
    const watch = watching();
    watch.look(bad);
    watch.look(bad);
    expect(watch.look({})).toEqual([]);
    expect(watch.look({ 'other@example.jp': 'pass' })).toEqual([]);
    expect(watch.look(bad)).toEqual([]);
  });
});

describe('another cause of the same service', () => {
  test('is one notice, and its end is one', () => {
    const watch = watching();
    watch.look(bad);
    watch.look(bad);
    expect(watch.look(other)).toEqual([]);
    const [told, ...others] = watch.look(other);
    expect(others).toEqual([]);
    expect(told).toMatchObject({ kind: 'changed', item: { cause: 'net.filtered' }, before: { cause: 'net.refused' } });
    expect(kinds(watch.look(good))).toEqual(['recovered']);
    expect(watch.alerts().open.filter(({ bad: isBad }) => isBad)).toEqual([]);
  });

  test('for a moment changes nothing', () => {
    const watch = watching();
    watch.look(bad);
    watch.look(bad);
    expect([...watch.look(other), ...watch.look(bad), ...watch.look(bad)]).toEqual([]);
  });

  test('at every look is a service that does not work: it is told', () => {
    const watch = watching();
    expect([...watch.look(bad), ...watch.look(other), ...watch.look(bad)].map(({ kind }) => kind)).toEqual(['problem']);
  });

  test('beside the first one is a problem of its own', () => {
    const watch = watching();
    watch.look(bad);
    watch.look(bad);
    const both = { [mailbox]: [problem(), problem({ cause: 'tls.weak-key', certain: true })] };
    expect(kinds(watch.look(both))).toEqual(['problem']);
    expect(watch.look(both)).toEqual([]);
  });
});

describe('what comes and goes', () => {
  test('is told once as that, then not until it is calm', () => {
    const watch = watching({ flapping: { changes: 4, within: 60 * minute } });
    const told = [certain, good, certain, good, certain, good, certain, good].flatMap((one) => kinds(watch.look(one)));
    expect(told).toEqual(['problem', 'recovered', 'problem', 'flapping']);
    const after = Array.from({ length: 6 }, () => kinds(watch.look(good)));
    expect(after.flat()).toEqual(['calm']);
    expect(watch.alerts().open).toEqual([]);
  });

  test('is told as a problem where it ends as one', () => {
    const watch = watching({ flapping: { changes: 4, within: 60 * minute } });
    const told = [certain, good, certain, good].flatMap((one) => kinds(watch.look(one)));
    expect(told.at(-1)).toBe('flapping');
    const after = Array.from({ length: 8 }, () => watch.look(certain)).flat();
    expect(after).toMatchObject([{ kind: 'calm', now: 'problem' }]);
    expect(kinds(watch.look(good))).toEqual(['recovered']);
  });

  test('is told too where no spell of it was long enough', () => {
    const watch = watching();
    const told = Array.from({ length: 6 }, () => [
      ...watch.look(bad, { after: 60 * minute }),
      ...watch.look(good, { after: 60 * minute }),
    ]);
    expect(kinds(told.flat())).toEqual(['flapping']);
  });
});

describe('many mailboxes', () => {
  const many = (count: number, of = count, parts: Parameters<typeof problem>[0] = {}) =>
    Object.fromEntries(
      Array.from({ length: of }, (_, at) => [
        `m${at}@example.jp`,
        at < count
          ? [problem({ certain: true, cause: 'tls.certificate-expired', ...parts, mailbox: `m${at}@example.jp` })]
          : 'pass',
      ]),
    ) as Parameters<ReturnType<typeof watching>['look']>[0];

  test('with one cause at one host are one notice', () => {
    const watch = watching();
    const [told, ...others] = watch.look(many(37, 40));
    expect(others).toEqual([]);
    expect(told).toMatchObject({ kind: 'problem', item: { count: 37, of: 40, host: 'imap.example.jp' } });
    expect(watch.look(many(0, 40))).toMatchObject([{ kind: 'recovered', item: { count: 37 } }]);
  });

  test('that join later are told as what they are', () => {
    const watch = watching();
    watch.look(many(3, 40));
    expect(watch.look(many(5, 40))).toMatchObject([
      { kind: 'problem', item: { count: 2, mailboxes: ['m3@example.jp', 'm4@example.jp'] } },
    ]);
  });

  test('at many hosts with one cause are one notice too', () => {
    const watch = watching();
    const each = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => {
        const name = `m${at}@example.jp`;
        return [
          name,
          [
            problem({
              mailbox: name,
              certain: true,
              affects: [`imap host${at}.example:993`],
              hosts: [`host${at}.example`],
            }),
          ],
        ];
      }),
    );
    expect(watch.look(each)).toMatchObject([{ kind: 'problem', item: { count: 30 } }]);
  });

  test('a thousand with eight checks each are looked through in a moment', () => {
    const watch = watching();
    const checks = Object.keys(many(0, 1_000)).flatMap((mailbox) =>
      Array.from({ length: 8 }, (_, at) => ({
        id: at === 0 ? 'mail.port' : `mail.x${at}`,
        mailbox,
        target: 'imap imap.example.jp:993',
        status: 'fail' as const,
      })),
    );
    watch.look(many(1_000), { checks });
    // So slow a machine is none; growing with the square it would take minutes.
    const start = performance.now();
    for (let times = 0; times < 10; times += 1) watch.look(many(1_000), { checks });
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  test('whatever comes in, what is remembered is bounded, and nothing is told twice', () => {
    const watch = watching();
    const flood = many(6_000);
    const [told] = watch.look(flood);
    expect(told).toMatchObject({ item: { count: 5_000 } });
    expect(told && 'item' in told && told.item.mailboxes.length).toBe(1_000);
    expect(watch.alerts()).toMatchObject({ overflow: 1_000 });
    expect(watch.look(flood)).toEqual([]);
    expect(watch.alerts().open).toHaveLength(5_000);
  });
});

describe('quiet hours', () => {
  test('hold back, and sum up at the first look afterwards', () => {
    const watch = watching({ remind: 30 * minute });
    const quiet = { quiet: true };
    expect([
      ...watch.look(certain, quiet),
      ...watch.look(good, quiet),
      ...watch.look(bad, quiet),
      ...watch.look(bad, quiet),
    ]).toEqual([]);
    expect(watch.look(bad, { ...quiet, after: 600 * minute })).toEqual([]);
    const told = watch.look(bad);
    expect(told).toMatchObject([
      {
        kind: 'digest',
        from: '2026-11-26T00:15:00.000Z',
        held: [
          { notice: { item: { cause: 'tls.certificate-expired' } }, ended: '2026-11-26T00:30:00.000Z' },
          { notice: { kind: 'problem', item: { cause: 'net.refused' } } },
        ],
      },
      { kind: 'reminder' },
    ]);
    expect(watch.look(bad)).toEqual([]);
  });

  test('let pass what may', () => {
    const watch = watching({ quietExcept: 'critical' });
    expect(kinds(watch.look(certain, { quiet: true }))).toEqual(['problem']);
    expect(kinds(watch.look(good, { quiet: true }))).toEqual(['recovered']);
    const warning = { [mailbox]: [problem({ severity: 'warning', certain: true, cause: 'net.slow-greeting' })] };
    expect(watch.look(warning, { quiet: true })).toEqual([]);
    expect(kinds(watch.look(warning))).toEqual(['digest']);
  });
});

test('what is seen in maintenance counts for nothing', () => {
  const watch = watching();
  expect([...watch.look(certain, { maintenance: true }), ...watch.look(bad, { maintenance: true })]).toEqual([]);
  expect(watch.alerts().open).toEqual([]);
  expect(watch.look(good)).toEqual([]);
});

test('what is no longer looked at is forgotten without a word', () => {
  const watch = watching({ subjects: [mailbox] });
  watch.look(certain);
  const gone = watching({ subjects: ['other@example.jp'] });
  gone.look(certain);
  gone.look({});
  expect(watch.alerts().open).toHaveLength(1);
  expect(gone.alerts().open).toEqual([]);
});
