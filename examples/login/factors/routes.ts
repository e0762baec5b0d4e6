import type { Factor } from 'einmal/client';
import { Router, type Request } from 'express';
import { CODE_FIELDS } from '../second-step/code-field.js';
import type { SecondStep } from '../second-step/second-step.js';
import { oncePerForm } from '../session/once-per-form.js';
import type { Sessions } from '../session/sessions.js';
import type { Users } from '../users/users.js';
import { field, submissionOf } from '../web/form.js';
import { seeOther } from '../web/see-other.js';
import { wordsFor } from '../words/words.js';
import { backupCodesPage } from './backup-codes-page.js';
import { proposeChange } from './changes.js';
import { enrolPage } from './enrol-page.js';
import { CODES, ENROL, LIST, type Factors, type Owner } from './factors.js';
import { factorsPage } from './factors-page.js';
import type { Html } from '../web/html.js';
import type { News } from './kept-in-session.js';
import type { Words } from '../words/words.js';

interface Parts {
  sessions: Sessions;
  users: Users;
  secondStep: SecondStep;
  factors: Factors;
}

/** A page to show, or the path of another. */
type Shown = Html | string | Promise<Html | string>;

/** Where people look after their authenticators and backup codes. */
export function factorRoutes({ sessions, users, ...parts }: Parts): Router {
  const router = Router();
  const { factors } = parts;

  show(LIST, async (owner, words, news) => {
    const theirs = await factors.of(owner.user);
    return Array.isArray(theirs)
      ? factorsPage(words, theirs, news)
      : factorsPage(words, [], news ?? { trouble: theirs });
  });
  show(ENROL, ({ session: { enrolment } }, words, news) => (enrolment ? enrolPage(words, enrolment, news) : LIST));
  show(CODES, ({ session: { newCodes: codes }, user: of }, words, news) =>
    codes ? backupCodesPage(words, { codes, of, news }) : LIST,
  );

  act('/factors/add', (owner, request) => {
    const change = { do: 'add', label: labelIn(request) } as const;
    return proposeChange(parts, { owner, change, request });
  });
  act('/factors/remove', async (owner, request) => {
    const factor = await named(owner, request);
    if (!factor) return LIST;
    const change = { do: 'remove', id: factor.id, label: factor.label ?? wordsFor(request).factors.unnamed } as const;
    return proposeChange(parts, { owner, change, request });
  });
  act('/factors/renew-codes', (owner, request) => {
    return proposeChange(parts, { owner, change: { do: 'renew-codes' }, request });
  });
  act('/factors/rename', async (owner, request) => {
    const factor = await named(owner, request);
    return factor ? factors.rename(owner, factor.id, labelIn(request)) : LIST;
  });
  act(ENROL, async (owner, request) => {
    const code = CODE_FIELDS.totp.read(field(request, 'code'));
    if (code !== null) return factors.activate(owner, code);
    owner.session.news = { trouble: { code: 'not-a-code' } };
    return ENROL;
  });
  act('/factors/new/cancel', ({ session }) => {
    session.enrolment = undefined;
    return LIST;
  });
  act('/factors/codes/kept', ({ session }) => {
    session.newCodes = undefined;
    session.news = { done: 'codes-kept' };
    return LIST;
  });

  return router;

  function show(path: string, page: (owner: Owner, words: Words, news: News | undefined) => Shown): void {
    router.get(path, async (request, response) => {
      const owner = ownerOf(request);
      if (!owner) return seeOther(response, '/sign-in');
      const { news } = owner.session;
      const shown = await page(owner, wordsFor(request), news);
      if (typeof shown === 'string') return seeOther(response, shown);
      owner.session.changed = owner.session.news = undefined;
      response.send(shown.toString());
    });
  }

  function act(path: string, what: (owner: Owner, request: Request) => string | Promise<string>): void {
    router.post(path, async (request, response) => {
      const owner = ownerOf(request);
      if (!owner) return seeOther(response, '/sign-in');
      seeOther(response, await oncePerForm(owner.session, submissionOf(request), async () => what(owner, request)));
    });
  }

  function ownerOf(request: Request): Owner | null {
    const session = sessions.of(request);
    const user = users.find(session?.userId ?? '');
    return session && user ? { session, user } : null;
  }

  /** The factor that the form names, if it is the person's own: whatever else a browser names is nobody's. */
  async function named({ user }: Owner, request: Request): Promise<Factor | undefined> {
    const theirs = await factors.of(user);
    return Array.isArray(theirs) ? theirs.find(({ id }) => id === field(request, 'id')) : undefined;
  }
}

/** One line of up to 64 characters, as the service takes it; who names nothing gets the name that stands for any. */
function labelIn(request: Request): string {
  const typed = field(request, 'label')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  return typed !== '' && typed.length <= 64 ? typed : wordsFor(request).factors.unnamed;
}
