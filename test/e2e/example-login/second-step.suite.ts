import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../../support/example-login.js';
import { wrong } from '../../support/login.js';
import { passCooldown, passLife } from '../../support/time-passes.js';
import { CODE, givesPassword, HOME, STOPPED, type Stage } from './stage.js';

const COUNTDOWN = /You can ask for another code in \d:\d\d\./;

export function secondStep(stage: Stage): void {
  describe('a login whose second step is Einmal', () => {
    it('is done by keyboard only, and does not come back with the back button', async () => {
      const { example, ada, visitor } = stage;
      const { page, code } = visitor;
      await page.goto('/');
      await visitor.hasFocusOn(page.getByLabel('Name'));
      await page.keyboard.type(ada.name);
      await visitor.tabsTo(page.getByLabel('Password'));
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await visitor.isAt(CODE);
      await visitor.hasFocusOn(code);
      expect(await code.getAttribute('autocomplete')).toBe('one-time-code');
      expect(await code.getAttribute('inputmode')).toBe('numeric');
      await page.keyboard.type(await example.code(ada));
      await page.keyboard.press('Enter');
      await visitor.isAt(HOME);
      await page.goBack();
      await visitor.isAt(HOME);
      await visitor.enters(visitor.button('Sign out'));
      await visitor.isAt('Sign in');
      await page.goBack();
      await visitor.isAt('Sign in');
    });

    it('says of wrong codes how many attempts are left, to the end, and stays there with the back button', async () => {
      const { example, ada, visitor } = stage;
      const { keyboard } = visitor.page;
      await givesPassword(stage);
      const code = await example.code(ada);
      for (const left of ['4 attempts left', '3 attempts left', '2 attempts left', '1 attempt left']) {
        await visitor.hasFocusOn(visitor.code);
        await keyboard.type(wrong(code));
        await keyboard.press('Enter');
        await visitor.problem.filter({ hasText: `This is not the code. ${left}` }).waitFor();
        expect(await visitor.code.getAttribute('aria-invalid')).toBe('true');
      }
      await keyboard.type(wrong(code));
      await keyboard.press('Enter');
      await visitor.isAt(STOPPED);
      await visitor.sees('Too many wrong codes');
      expect(await visitor.button('Send a new code').count()).toBe(0);
      await visitor.enters(visitor.link('Back to the password'));
      await visitor.isAt('Sign in');
      await visitor.page.goBack();
      await visitor.isAt(STOPPED);
    });

    it.each([
      ['Send it again', 'sms'],
      ['Call me instead', 'voice'],
      ['Send an e-mail', 'email'],
    ])(
      '"%s" does nothing until the countdown has ended, then sends, and the code that comes lets in',
      async (...way) => {
        const [name, channel] = way;
        const { example, ada, visitor } = stage;
        await visitor.stopsTime();
        await givesPassword(stage);
        const button = visitor.button(name);
        await visitor.sees(COUNTDOWN);
        await visitor.enters(button.and(visitor.page.locator('[aria-disabled=true]')));
        await passCooldown(await example.login(ada));
        await visitor.seesPass(31);
        await visitor.page.getByRole('status').filter({ hasText: 'You can ask for another code now.' }).waitFor();
        await visitor.hasFocusOn(button);
        await visitor.page.keyboard.press('Enter');
        const messages = await example.messages(ada, 2);
        expect(messages.map((message) => message.channel)).toEqual(['sms', channel]);
        await visitor.sees(COUNTDOWN);
        await visitor.hasFocusOn(visitor.code);
        await visitor.page.keyboard.type(await example.code(ada, 2));
        await visitor.page.keyboard.press('Enter');
        await visitor.isAt(HOME);
      },
    );

    it('tells that the SMS failed and a call follows, without being asked', async () => {
      const { example, visitor } = stage;
      const ada = await example.person('00002');
      await givesPassword({ visitor, ada });
      const status = visitor.page.getByRole('status');
      await visitor.tabsTo(visitor.page.locator('#ways button').first());
      await status.filter({ hasText: /The SMS to .+ did not get through\. We called/ }).waitFor();
      await visitor.hasFocusOn(visitor.button('Call me again'));
      await visitor.types(await example.code(ada, 2));
      await visitor.isAt(HOME);
    });

    it('sends a new code when one has expired', async () => {
      const { example, ada, visitor } = stage;
      await givesPassword(stage);
      const code = await example.code(ada);
      const login = await example.login(ada);
      await passLife(login);
      await passCooldown(login);
      await visitor.types(code);
      await visitor.isAt(STOPPED);
      await visitor.sees('The code has expired.');
      await visitor.button('Send a new code').click();
      await visitor.isAt(CODE);
      await visitor.types(await example.code(ada, 2));
      await visitor.isAt(HOME);
    });
  });
}
