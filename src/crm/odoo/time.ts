/** A moment as Odoo writes it: UTC without a zone mark. */
export const odooTime = (moment: Date): string => moment.toISOString().slice(0, 19).replace('T', ' ');
