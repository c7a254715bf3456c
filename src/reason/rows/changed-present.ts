import { oncePerView } from './memo.ts';

/** The records on both sides that may differ: those that read alike are mostly one and the same list on both. */
export const changedPresent = oncePerView((view) => view.present.filter(({ pair }) => pair.left !== pair.right));
