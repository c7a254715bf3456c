import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the spool of Exim is short of space (452 Space shortage)',
  exim: { main: { check_spool_space: '900000G' } },
  causes: ['smtp.disk-full'],
});
