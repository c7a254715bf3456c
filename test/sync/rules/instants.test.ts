import { describe, expect, test } from '@jest/globals';
import { canonicalInstant, withOffset } from '../../../src/sync/rules/instants.ts';

describe('an instant', () => {
  test.each([
    ['2026-01-01 09:00:00', 'Asia/Tokyo', '2026-01-01T00:00:00Z', 'UTC'],
    ['2026-01-01T09:00', 'Asia/Tokyo', '2026/1/1 00:00:00', 'UTC'],
    ['2026年1月1日 9時00分', 'Asia/Tokyo', '1767225600', 'UTC'],
    ['1767225600000', 'UTC', '1767225600', 'Asia/Tokyo'],
    ['2026-07-01 12:00:00', 'Europe/Berlin', '2026-07-01 10:00:00', 'UTC'],
    ['2026-01-01 12:00:00', 'Europe/Berlin', '2026-01-01 11:00:00', 'UTC'],
    // An offset that is written counts, whatever the zone of the side.
    ['2026-01-01T00:00:00-08:00', 'Asia/Tokyo', '2026-01-01T08:00:00Z', 'Europe/Berlin'],
    ['2026-01-01 00:00:00.1', 'UTC', '2026-01-01 00:00:00.100000', 'UTC'],
  ])('%s of %s is %s of %s', (one, zone, other, otherZone) => {
    expect(canonicalInstant(one, zone)).toBe(canonicalInstant(other, otherZone));
    expect(canonicalInstant(one, zone)).toMatch(/^@/);
  });

  test.each([
    ['2026-01-01 00:00:00.1', '2026-01-01 00:00:00.1000001'],
    ['2026-01-01 00:00:00', '2026-01-01'],
    ['2026-02-30 00:00:00', '2026-03-02 00:00:00'],
    ['@1767225600000.0', '1767225600'],
    ['12345', '012345'],
    ['', '1970-01-01 00:00:00'],
  ])('%s is not %s', (one, other) => {
    expect(canonicalInstant(one, 'UTC')).not.toBe(canonicalInstant(other, 'UTC'));
  });

  test.each(['', 'x', '2026-01-01', '@', 'x'.repeat(1_000_000)])('%.20s is none, and stays what it is', (value) => {
    const canonical = canonicalInstant(value, 'Asia/Tokyo');
    expect(canonical === value || canonical === `@${value}`).toBe(true);
    expect(withOffset(value, 'Asia/Tokyo')).toBe(value);
  });

  test.each([
    ['2026-07-01 12:00:00', 'Europe/Berlin', '2026-07-01 12:00:00+02:00'],
    ['2026-07-01T12:00:00.5', 'Asia/Kolkata', '2026-07-01T12:00:00.5+05:30'],
    ['2026-01-01 12:00', 'America/New_York', '2026-01-01 12:00-05:00'],
    ['2026-01-01 12:00:00Z', 'Asia/Tokyo', '2026-01-01 12:00:00Z'],
  ])('%s of %s is shown as %s', (value, zone, shown) => {
    expect(withOffset(value, zone)).toBe(shown);
    expect(canonicalInstant(shown, 'UTC')).toBe(canonicalInstant(value, zone));
  });
});
