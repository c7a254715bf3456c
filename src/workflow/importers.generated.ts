// Written by `npm run generate`; do not edit.
import { kintone } from './kintone.importer.ts';
import { nativeYaml } from './native.importer.ts';
import type { Importer } from './importer.ts';

export const importers: readonly Importer[] = [
  kintone,
  nativeYaml,
];
