import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../../support/example-login.js';
import { wrong } from '../../support/login.js';
import { passCooldown } from '../../support/time-passes.js';
import { phoneWithWebOtp } from './web-otp-phone.js';
import { CODE, givesPassword, HOME, type Stage } from './stage.js';

export function otherBrowsers(stage: Stage): void {
  describe('a browser', () => {
    it('without JavaScript gets the same, in German too', async () => {
      const { example, ada } = stage;
      const visitor = await example.visit({ javaScriptEnabled: false, locale: 'de-AT' });
      await visitor.page.goto('/sign-in');
      await visitor.page.getByLabel('Name').fill('"><b>nobody');
      await visitor.page.getByLabel('Passwort').fill('wrong');
      await visitor.button('Weiter').click();
      await visitor.problem.filter({ hasText: 'Name oder Passwort ist falsch.' }).waitFor();
      expect(await visitor.page.getByLabel('Name').inputValue()).toBe('"><b>nobody');
      await visitor.page.getByLabel('Name').fill(ada.name);
      await visitor.page.getByLabel('Passwort').fill(PASSWORD);
      await visitor.button('Weiter').click();
      const code = await example.code(ada);
      await visitor.code.fill(wrong(code));
      await visitor.button('Weiter').click();
      await visitor.problem.filter({ hasText: 'Das ist nicht der Code. Noch 4 Versuche.' }).waitFor();
      await visitor.button('Lieber anrufen').click();
      await visitor.problem.filter({ hasText: /In \d+ Sekunden können Sie einen weiteren anfordern/ }).waitFor();
      await passCooldown(await example.login(ada));
      await visitor.button('Lieber anrufen').click();
      await example.code(ada, 2);
      await visitor.follows('Nachsehen, was aus der Nachricht wurde');
      await visitor.sees(/Wir (rufen .+ an|haben .+ angerufen und einen Code angesagt)\./);
      await visitor.code.fill(code);
      await visitor.button('Weiter').dblclick();
      await visitor.isAt('Ihr Konto');
      await visitor.leaves();
    });

    it('R53 that sees the SMS fills the code in and goes on by itself, unless a code is typed', async () => {
      const { example, ada, visitor } = stage;
      const phone = await phoneWithWebOtp(visitor);
      await givesPassword(stage);
      const code = await example.code(ada);
      const [message] = await example.messages(ada, 1);
      expect(message?.text).toMatch(new RegExp(`\n@localhost #${code}$`));
      await visitor.hasScript();
      expect(await phone.isWaiting()).toBe(true);
      await visitor.types(wrong(code));
      await visitor.problem.filter({ hasText: 'This is not the code.' }).waitFor();
      expect(await phone.isWaiting()).toBe(false);
      await visitor.page.reload();
      await visitor.hasScript();
      await phone.receives(code);
      await visitor.isAt(HOME);
    });

    it('that is offline, or a service that is, loses nothing', async () => {
      const { example, ada, visitor } = stage;
      await givesPassword(stage);
      const code = await example.code(ada);
      await visitor.hasScript();
      await visitor.context.setOffline(true);
      await visitor.types(code);
      await visitor.problem.filter({ hasText: 'You seem to be offline.' }).waitFor();
      await visitor.context.setOffline(false);
      example.isCutOff = true;
      await visitor.button('Continue').click();
      await visitor.problem.filter({ hasText: 'Our code service did not answer. Nothing is lost' }).waitFor();
      example.isCutOff = false;
      expect(await visitor.code.inputValue()).toBe(code);
      await visitor.button('Continue').click();
      await visitor.isAt(HOME);
    });

    it('begins without the service, and goes on when it is back', async () => {
      const { example, ada, visitor } = stage;
      example.isCutOff = true;
      await visitor.givesPassword(ada.name, PASSWORD);
      await visitor.sees('Our code service did not answer. Nothing is lost');
      example.isCutOff = false;
      await visitor.button('Send a new code').click();
      await visitor.isAt(CODE);
      await visitor.types(await example.code(ada));
      await visitor.isAt(HOME);
    });
  });
}
