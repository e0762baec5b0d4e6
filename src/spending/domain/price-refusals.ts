import { DomainError } from '../../shared/domain-error.js';

/** More than any carrier's list has, and few enough to hold in memory and to read in one go. */
export const MOST_PRICES = 20_000;

export const otherCurrency = (currency: string) =>
  new DomainError(
    'refused',
    'other-currency',
    `The prices are in ${currency}. Remove all of them first to begin anew in another currency.`,
    { currency },
  );

export const tooManyPrices = () =>
  new DomainError('refused', 'too-many-prices', `There may be ${String(MOST_PRICES)} prices. Nothing was changed.`);
