import { describe, expect, it } from 'vitest';
import { passPause } from '../../support/time-passes.js';
import { signsIn, type Stage } from './stage.js';

export function payments(stage: Stage): void {
  describe('a payment', () => {
    it('R74 needs a code of its own, and is made for the approved amount only, and once for two clicks', async () => {
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
      const order = { ...(await visitor.hiddenFields()), payee: 'Ada Books', amount: '25,5' };
      await page.getByLabel('Amount in euros').fill(order.amount);
      await visitor.button('Continue').click();
      await visitor.isAt('Confirm the payment');
      await visitor.sees('25.50 EUR to Ada Books');
      await visitor.posts('/pay', order);
      await visitor.types(await example.code(ada, 2));
      await visitor.isAt('Pay now?');
      const form = await visitor.hiddenFields();

      await page.evaluate('document.querySelector("[name=amount]").value = "2550.00 EUR"');
      await visitor.button('Pay now').click();
      await visitor.sees('Another payment than this one was approved. Nothing was paid.');

      await Promise.all([visitor.posts('/pay/confirm', form), visitor.posts('/pay/confirm', form)]);
      await page.goto('/');
      expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['25.50 EUR to Ada Books']);
    });
  });
}
