import { afterAll, beforeAll, describe } from 'vitest';
import { EnrolmentDesk } from '../support/enrolment-desk.js';
import { activation } from './enrolment/activation.suite.js';
import { changes } from './enrolment/changes.suite.js';
import { enrolment } from './enrolment/enrolment.suite.js';
import { proofs } from './enrolment/proofs.suite.js';

/** One service for all of it; everybody in it has factors of his own. */
let desk: EnrolmentDesk;
beforeAll(async () => {
  desk = await EnrolmentDesk.open();
});
afterAll(() => desk.close());

for (const suite of [enrolment, activation, proofs, changes])
  describe(suite.name, () => {
    suite(() => desk);
  });
