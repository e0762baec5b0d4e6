import { describe, it } from 'vitest';
import { oathCode } from '../../support/oathtool.js';
import { givesPassword, HOME, STOPPED, type Stage } from './stage.js';
import { enrolled } from './with-app.js';

export function secondStepByApp(stage: Stage): void {
  describe('somebody who has an authenticator', () => {
    it('R21 R72 turns from app to list to message and back, under one budget of attempts', async () => {
      const { example, ada, visitor } = stage;
      const { keyboard } = visitor.page;
      const { backupCodes } = await enrolled(stage);
      const [used = ''] = backupCodes;
      const listField = visitor.page.getByLabel('Backup code');
      await givesPassword(stage);
      await visitor.enters(visitor.button('Use a backup code'));
      await visitor.hasFocusOn(listField);
      await keyboard.type(used.toLowerCase().replaceAll('-', ' '));
      await keyboard.press('Enter');
      await visitor.isAt(HOME);
      await visitor.button('Sign out').click();

      await givesPassword(stage);
      await visitor.button('Use a backup code').click();
      await visitor.sees('9 are left.');
      await listField.fill(used);
      await visitor.button('Continue').click();
      await visitor.problem.filter({ hasText: 'This code was used before, and each works once.' }).waitFor();
      await visitor.sees('4 attempts left.');
      await visitor.button('Send an SMS').click();
      const sent = await example.code(ada);
      await visitor.button('Use my authenticator').click();
      await visitor.types('000000');
      await visitor.problem.filter({ hasText: 'This is not the code. 3 attempts left.' }).waitFor();
      await visitor.button('Use the code that we sent').click();
      await visitor.sees('Nothing arrived?');
      await visitor.types(sent);
      await visitor.isAt(HOME);
    });

    it('R69 is told how long the app is locked as often as the page is seen, whatever login it is, and comes in by SMS', async () => {
      const { example, ada, visitor } = stage;
      const { app, factorId } = await enrolled(stage);
      await givesPassword(stage);
      for (const left of [4, 3, 2, 1]) {
        await visitor.types('000000');
        await visitor.sees(`${String(left)} attempt`);
      }
      await example.einmal.checkFactor(factorId, { code: '000000' });
      const locked = visitor.problem.filter({ hasText: /Too many wrong codes\. This works again in 1\d minutes/ });
      await visitor.types(await oathCode(app));
      await locked.waitFor();
      await givesPassword(stage);
      await locked.waitFor();
      await visitor.button('Use a backup code').click();
      await visitor.page.getByLabel('Backup code').fill('AAAA-AAAA-AAAAA');
      await visitor.button('Continue').click();
      await visitor.isAt(STOPPED);
      await givesPassword(stage);
      await locked.waitFor();
      await visitor.types(await oathCode(app));
      await locked.waitFor();
      await visitor.button('Send an SMS').click();
      await visitor.types(await example.code(ada));
      await visitor.isAt(HOME);
    });
  });
}
