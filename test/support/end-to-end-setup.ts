import { BEARERBOX, CHROMIUM, program, SMSBOX } from './servers/programs.js';

/** The programs that the end-to-end suites start are there before the first of them runs: an installation can take minutes. */
export default async function setup(): Promise<void> {
  for (const wanted of [BEARERBOX, SMSBOX, CHROMIUM]) await program(wanted);
}
