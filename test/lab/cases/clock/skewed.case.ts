import { defineCase } from '../../case.ts';
import { shiftedClock } from '../../clock.ts';

export default defineCase({
  title: "the clock of the CRM's host is two years ahead, so that every certificate seems expired",
  exim: {},
  env: shiftedClock('+730d'),
  causes: ['clock.skewed'],
});
