/** One of the two systems that are compared; where one of them is a CRM, it is the left one. */
export type Side = 'left' | 'right';

export const sides: readonly Side[] = ['left', 'right'];

export const opposite = (side: Side): Side => (side === 'left' ? 'right' : 'left');
