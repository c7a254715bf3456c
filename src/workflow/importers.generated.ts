// Written by `npm run generate`; do not edit.
import type { Importer } from './importer.ts';

export const importers: readonly Importer[] = [

];
