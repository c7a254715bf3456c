export type SpecialAddress = 'loopback' | 'unspecified' | 'private';

const kinds: readonly (readonly [SpecialAddress, RegExp])[] = [
  ['loopback', /^(?:127\.|::1$)/],
  ['unspecified', /^(?:0\.|::$)/],
  // RFC 1918, RFC 3927, RFC 6598 (shared by the customers of a provider), RFC 4193, RFC 4291 2.5.6.
  [
    'private',
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i,
  ],
];

/** What an address means that leads to no public host. */
export const specialAddress = (address: string): SpecialAddress | undefined =>
  kinds.find(([, pattern]) => pattern.test(address))?.[0];
