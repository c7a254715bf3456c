import { defineCase } from '../../case.ts';

// Three services, each in four pieces: twelve references and that of the own mail server.
const pieces = ['a', 'b', 'c'];

export default defineCase({
  title: 'the includes of three services need more lookups than receivers follow',
  dns: {
    without: ['@ TXT'],
    add: ['@ TXT "v=spf1 mx include:_spf.one.test include:_spf.two.test include:_spf.three.test -all"'],
    zones: Object.fromEntries(
      ['one.test', 'two.test', 'three.test'].map((zone) => [
        zone,
        [
          `_spf TXT "v=spf1 ${pieces.map((piece) => `include:_${piece}.${zone}`).join(' ')} -all"`,
          ...pieces.map((piece) => `_${piece} TXT "v=spf1 ip4:203.0.113.12 -all"`),
        ],
      ]),
    ),
  },
  causes: ['policy.spf-too-many-lookups'],
  severity: 'warning',
});
