import { glossary } from '../../../i18n/glossary/glossary.ts';
import type { Topic } from '../topic.ts';

/** The words that nobody gets by without; `crm-doctor explain WORD` knows the others. */
const shown = [
  'smtp',
  'imap',
  'pop3',
  'port',
  'tls',
  'starttls',
  'certificate',
  'intermediate-certificate',
  'dns',
  'mx',
  'spf',
  'dkim',
  'dmarc',
  'oauth',
  'app-password',
  'quota',
  'round-trip',
  'root-cause',
  'proof',
  'runbook',
  'record',
  'field',
  'key',
  'workflow',
  'trigger',
  'condition',
  'action',
];

export const terms: Topic = {
  name: 'terms',
  title: { en: 'Words that the reports use', ja: 'レポートに出てくる言葉' },
  parts: [
    {
      kind: 'list',
      rows: shown
        .flatMap((id) => glossary.find((term) => term.id === id) ?? [])
        .map(({ en, ja }) => ({ term: { en: en.name, ja: ja.name }, about: { en: en.gloss, ja: ja.gloss } })),
    },
    {
      kind: 'text',
      text: {
        en: `All ${glossary.length} words: crm-doctor explain WORD`,
        ja: `全部で ${glossary.length} 語: crm-doctor explain 言葉`,
      },
    },
  ],
};
