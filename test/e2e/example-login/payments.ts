import { describe, expect, it } from 'vitest';
import { passPause } from '../../support/time-passes.js';
import { signsIn, type Stage } from './stage.js';

export function payments(stage: Stage): void {
  describe('a payment', () => {
    it('R74 needs a code of its own, and is made for the approved amount only, and once', async () => {
      const { example, ada, visitor } = stage;
      const { page } = visitor;
      await signsIn(stage);
      await passPause(example.deployment);
      await visitor.follows('Make a payment');
      await page.getByLabel('To', { exact: true }).fill('Ada Books');
      await page.getByLabel('Amount in euros').fill('a lot');
      await visitor.button('Continue').click();
      await visitor.sees('An amount is a number of euros');
      await visitor.hasFocusOn(page.getByLabel('Amount in euros'));
      await page.getByLabel('Amount in euros').fill('25,5');
      await visitor.button('Continue').click();
      await visitor.isAt('Confirm the payment');
      await visitor.sees('25.50 EUR to Ada Books');
      await visitor.types(await example.code(ada, 2));
      await visitor.isAt('Pay now?');
      const form = await visitor.hiddenFields();

      await page.evaluate('document.querySelector("[name=amount]").value = "2550.00 EUR"');
      await visitor.button('Pay now').click();
      await visitor.sees('Another payment than this one was approved. Nothing was paid.');

      await visitor.button('Pay now').click();
      await visitor.isAt('Your account');
      const made = page.getByRole('listitem');
      await made.filter({ hasText: '25.50 EUR to Ada Books' }).waitFor();
      expect((await visitor.posts('/pay/confirm', form)).headers()['location']).toBe('/');
      await page.reload();
      expect(await made.count()).toBe(1);
    });

    it('R74 is not made with two clicks that come together more than once', async () => {
      const { example, ada, visitor } = stage;
      await signsIn(stage);
      await passPause(example.deployment);
      await visitor.page.goto('/pay');
      await visitor.page.getByLabel('To', { exact: true }).fill('Ada Books');
      await visitor.page.getByLabel('Amount in euros').fill('7');
      await visitor.button('Continue').click();
      await visitor.types(await example.code(ada, 2));
      await visitor.isAt('Pay now?');
      const form = await visitor.hiddenFields();
      await Promise.all([visitor.posts('/pay/confirm', form), visitor.posts('/pay/confirm', form)]);
      await visitor.page.goto('/');
      expect(await visitor.page.getByRole('listitem').allInnerTexts()).toEqual(['7.00 EUR to Ada Books']);
    });
  });
}
