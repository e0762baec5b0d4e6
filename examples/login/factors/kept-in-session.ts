import type { BegunEnrolment } from 'einmal/client';
import type { Trouble } from '../second-step/trouble.js';
import type { Words } from '../words/words.js';

/** What became of what was asked for. */
export type News = { done: keyof Words['factors']['done'] } | { trouble: Trouble };

declare module '../session/sessions.js' {
  interface Session {
    /**
     * The authenticator that is being added. Its secret stays here until a code of it was typed, for a page that is looked at again;
     * a store of yours that writes to disk must not hold it in plain.
     */
    enrolment?: BegunEnrolment | undefined;
    /** New backup codes, until the person says that they have them. */
    newCodes?: string[] | undefined;
    /** Where a change goes on that a code was right for, until a page of factors was seen. */
    changed?: string | undefined;
    /** To be said once, when the page is shown next. */
    news?: News | undefined;
  }
}
