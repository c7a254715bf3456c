import { distrustOf } from './trust.ts';
import type { TlsView } from './views.ts';

/** A way into TLS whose certificate only the CRM's own store does not trust. */
export type StoreView = TlsView & { readonly fact: { readonly store: NonNullable<TlsView['fact']['store']> } };

export const untrustedByStore = (views: readonly TlsView[]): readonly StoreView[] =>
  views.filter((view): view is StoreView => view.fact.store !== undefined && distrustOf(view) === 'store');
