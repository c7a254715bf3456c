import { defineNormalRule } from '../../model/sync/normal.ts';
import { unescaped } from '../encoding/markup.ts';

/** Escaped once or twice. */
export const htmlEntities = defineNormalRule({
  id: 'html-entities',
  title: { en: 'HTML entities', ja: 'HTML 実体参照' },
  cause: 'sync.html-entity-escaped',
  signs: /[&;]/,
  canonical: (value) => unescaped(unescaped(value)),
});
