import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../../support/example-login.js';
import { wrong } from '../../support/login.js';
import { passCooldown, passLife } from '../../support/time-passes.js';
import { CODE, givesPassword, HOME, STOPPED, type Stage } from './stage.js';

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
      await visitor.tabsTo(visitor.button('Sign out'));
      await page.keyboard.press('Enter');
      await visitor.isAt('Sign in');
      await page.goBack();
      await visitor.isAt('Sign in');
    });

    it('says of wrong codes how many attempts are left, to the end, and stays there with the back button', async () => {
      const { example, ada, visitor } = stage;
      await givesPassword(stage);
      const code = await example.code(ada);
      for (const left of ['4 attempts left', '3 attempts left', '2 attempts left', '1 attempt left']) {
        await visitor.types(wrong(code));
        await visitor.problem.filter({ hasText: `This is not the code. ${left}` }).waitFor();
        expect(await visitor.code.getAttribute('aria-invalid')).toBe('true');
        await visitor.hasFocusOn(visitor.code);
      }
      await visitor.types(wrong(code));
      await visitor.isAt(STOPPED);
      await visitor.sees('Too many wrong codes');
      expect(await visitor.button('Send a new code').count()).toBe(0);
      await visitor.follows('Back to the password');
      await visitor.isAt('Sign in');
      await visitor.page.goBack();
      await visitor.isAt(STOPPED);
    });

    it('sends again as soon as the countdown has ended, and both codes are good', async () => {
      const { example, ada, visitor } = stage;
      await givesPassword(stage);
      const again = visitor.button('Send it again');
      const first = await example.code(ada);
      await visitor.sees(/You can ask for another code in 0:[12]\d\./);
      await again.and(visitor.page.locator('[aria-disabled=true]')).press('Enter');
      await passCooldown(await example.login(ada));
      await visitor.page.reload();
      await visitor.sees('You can ask for another code now.');
      await again.click();
      expect(await example.code(ada, 2)).not.toBe(first);
      await visitor.sees(/You can ask for another code in (1:00|0:5\d)\./);
      await visitor.types(first);
      await visitor.isAt(HOME);
    });

    it('tells that the SMS failed and a call follows, without being asked', async () => {
      const { example, visitor } = stage;
      const ada = await example.person('00002');
      await givesPassword({ visitor, ada });
      const status = visitor.page.getByRole('status');
      await status.filter({ hasText: /The SMS to .+ did not get through\. We called/ }).waitFor();
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
