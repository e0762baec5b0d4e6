import type { ReportRequest } from '../../src/delivery/application/provider.js';
import type { Cause } from '../../src/delivery/domain/cause.js';
import type { Report, ReportStatus } from '../../src/delivery/domain/outcome.js';

/** Where the vendor of provider `main` reports about an attempt. */
export const addressOf = (attemptId: string): string => `https://einmal.example/v1/reports/main/${attemptId}/mac`;

/** Where it asks how a call goes on. */
export const QUESTION = 'https://einmal.example/v1/calls/main/att_1/mac';

/** What a call says, with a code whose first digit is a zero. */
export const SPEECH = ['Your Shop code is ', { digits: '012345' }, '. Once more: ', { digits: '012345' }, '.'];

/** What a vendor says, and how it is to be read. */
export type Reads<Said> = [said: Said, status: ReportStatus, cause?: Cause];

export const reads = ([, status, cause]: Reads<unknown>): Partial<Report> => ({
  status,
  ...(cause !== undefined && { cause }),
});

/** The same at the address that is common to all attempts. */
export function withoutAttempt(request: ReportRequest): ReportRequest {
  const said = { ...request };
  delete said.attemptId;
  return said;
}
