import type { SentReport, TakenMessage } from '../history/conversations.js';

/** A report that follows a message. */
export interface PlannedReport {
  afterMs: number;
  status: SentReport['status'];
  manner: Exclude<SentReport['manner'], 'forged'>;
  /** The SMSC's receipt, as Kannel passes it on. */
  receipt: string;
}

/** What the carrier does with a message: what it answers, whether the person sees it, what it reports afterwards. */
export interface Course {
  answer: TakenMessage['answer'];
  shown: boolean;
  reports: PlannedReport[];
}

const SOON_MS = 150;
const LATE_MS = 6_000;

type ReportOver = Partial<Pick<PlannedReport, 'afterMs' | 'manner'>>;
const delivered = (over: ReportOver = {}): PlannedReport => ({
  ...{ afterMs: SOON_MS, status: 'delivered', manner: 'honest', receipt: 'stat:DELIVRD err:000', ...over },
});
const failed = (receipt = 'stat:UNDELIV err:001', over: ReportOver = {}): PlannedReport => ({
  ...{ afterMs: SOON_MS, status: 'failed', manner: 'honest', receipt, ...over },
});
const takes = (shown: boolean, ...reports: PlannedReport[]): Course => ({ answer: 'accepted', shown, reports });
const refuses = (answer: Course['answer'], ...reports: PlannedReport[]): Course => ({ answer, shown: false, reports });

const twice: ReportOver = { afterMs: 2 * SOON_MS, manner: 'duplicate' };
const contrary: ReportOver = { afterMs: 2 * SOON_MS, manner: 'contradictory' };
const uncalledFor: ReportOver = { manner: 'about-a-refused-message' };

/**
 * By the last two digits of the number: those of the sandbox (src/sandbox/outcomes.ts) where it has such an outcome, and from 40
 * on what only a bad carrier does. Any other number gets its message and an honest report.
 */
export const COURSES = {
  '02': takes(false, failed()),
  '03': takes(false, failed('stat:EXPIRED err:000')),
  '05': takes(false),
  '06': takes(true, delivered(), delivered(twice), delivered(twice)),
  '09': refuses('rejected'),
  '10': takes(true, delivered({ afterMs: LATE_MS, manner: 'late' })),
  '18': refuses('throttled'),
  '21': takes(true, failed(), delivered(contrary)),
  '30': takes(false, failed('stat:UNDELIV err:012')),
  '40': { answer: 'hung', shown: true, reports: [delivered({ afterMs: LATE_MS })] },
  // Later than whoever would send it again is done.
  '41': { answer: 'hung-up', shown: true, reports: [delivered({ afterMs: 2_500 })] },
  '42': refuses('server-error'),
  // So long after that no node, however busy, hears of the failure first.
  '43': takes(true, delivered(), failed('stat:UNDELIV err:001', { ...contrary, afterMs: 1_500 })),
  '44': refuses('rejected', delivered(uncalledFor), failed('stat:UNDELIV err:001', { ...uncalledFor, ...twice })),
  '45': takes(true, failed(), failed('stat:UNDELIV err:001', twice), delivered(contrary), delivered(twice)),
} satisfies Record<string, Course>;

export const USUAL = takes(true, delivered());
/** While the carrier hangs, whoever is called. */
export const HANGS: Course = { answer: 'hung', shown: false, reports: [] };
/** While it lies: it says that what it delivered has failed, more than once, and then that it has not. */
export const LIES: Course = COURSES['45'];

export const courseOf = (phone: string): Course =>
  (COURSES as Record<string, Course>)[/000(\d\d)$/.exec(phone)?.[1] ?? ''] ?? USUAL;
