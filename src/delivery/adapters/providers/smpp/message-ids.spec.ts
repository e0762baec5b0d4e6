import { describe, expect, it } from 'vitest';
import { MessageIds } from './message-ids.js';
import type { SmppConfig } from './smpp-options.js';

const of = (id: string, over: object = {}) => ({ textId: id, states: [], phones: ['4915112345678'], ...over });
const both = (messageIds: SmppConfig['messageIds'], answered: string, receipted: string) => {
  const ids = new MessageIds(messageIds);
  return [ids.answered(answered, '+4915112345678'), ...ids.receipted(of(receipted))];
};

describe('ids meet', () => {
  it.each<[SmppConfig['messageIds'], string, string]>([
    ['same', 'ABCDEF-01', 'abcdef-01'],
    ['same', '1001', '0000001001'],
    ['same', '0', '000'],
    ['hex-in-receipt', '1001', '000003E9'],
    ['decimal-in-receipt', '3e9', '0000001001'],
    ['decimal-in-receipt', '000003E9', '1001'],
    ['hex-in-receipt', '123456789012345678901234567890', '18EE90FF6C373E0EE4E3F0AD2'],
    ['auto', '1001', '1001'],
    ['auto', '1001', '3E9'],
    ['auto', '3e9', '0000001001'],
    ['auto', 'b5c3f7e2-aa', 'B5C3F7E2-AA'],
  ])('%s: %s and %s', (messageIds, answered, receipted) => {
    const [known, found] = both(messageIds, answered, receipted);
    expect(found).toBe(known);
  });
});

it('ids of another kind keep their letters as they are', () => {
  expect(both('auto', 'Zx9', 'zX9')).toEqual(['Zx9', 'zX9']);
});

describe('left to itself', () => {
  it('gives a receipt to nobody by a guess: only to who the phone says', () => {
    const ids = new MessageIds('auto');
    ids.answered('1001', '+4917000000000');
    expect(ids.receipted(of('3E9'))).toEqual(['3e9']);
  });

  it('has learned from one message how receipts of others, which it never sent, are written', () => {
    const told: string[] = [];
    const ids = new MessageIds('auto', (relation) => told.push(relation));
    ids.answered('1001', '+4915112345678');
    expect(ids.receipted(of('3EA'))).toEqual(['3ea', '1002']);
    ids.receipted(of('3E9'));
    ids.receipted(of('3E9'));
    expect(ids.receipted(of('3EA'))).toEqual(['1002']);
    expect(told).toEqual(['hex-in-receipt']);
  });

  it.each([['004915112345678'], ['015112345678'], ['+49 151 12345678'], ['Einmal', '4915112345678']])(
    'knows the phone however the receipt spells it, at either address: %s %s',
    (...phones) => {
      const ids = new MessageIds('auto');
      ids.answered('1001', '+4915112345678');
      ids.receipted(of('3E9', { phones }));
      expect(ids.receipted(of('3EB'))).toEqual(['1003']);
    },
  );

  it('learns from a receipt that came before its answer', () => {
    const ids = new MessageIds('auto');
    expect(ids.receipted(of('3E9'))).toEqual(['3e9', '1001']);
    ids.answered('1001', '+4915112345678');
    expect(ids.receipted(of('3EB'))).toEqual(['1003']);
  });

  it.each([
    ['3E9', ['3e9', '1001']],
    ['1001', ['1001', '3e9']],
    // Digits in every base: which message that is nobody can tell.
    ['4097', ['4097']],
    ['a-1', ['a-1']],
    ['Zx9', ['Zx9']],
  ])('keeps a receipt of a message of another process, %s, under every id that its letters allow', (id, expected) => {
    expect(new MessageIds('auto').receipted(of(id))).toEqual(expected);
  });

  it('takes no answer for decimal that would be among letters', () => {
    const ids = new MessageIds('auto');
    ids.answered('3ff', '+4917000000000');
    expect(ids.receipted(of('3E9'))).toEqual(['3e9']);
    expect(ids.receipted(of('1001'))).toEqual(['1001', '3e9']);
  });

  it('learns nothing from an id that is the same in every base', () => {
    const ids = new MessageIds('auto');
    ids.answered('5', '+4915112345678');
    ids.receipted(of('5'));
    ids.answered('1001', '+4915112345678');
    expect(ids.receipted(of('3E9'))).toEqual(['1001']);
  });
});

describe('where receipts of its own messages all go elsewhere', () => {
  const after = (answers: number, base: number, receipts: string[]) => {
    const ids = new MessageIds('auto');
    for (let n = 0; n < answers; n += 1) ids.answered((1_000 + n).toString(base), '+4917000000000');
    return receipts.map((id) => ids.receipted(of(id)).join()).at(-1);
  };

  it('it learns by the looks of many ids', () => {
    expect(after(32, 10, ['0F42401'])).toBe('16000001');
    expect(
      after(
        32,
        16,
        Array.from({ length: 32 }, (_, n) => String(9_000_000 + n)),
      ),
    ).toBe('89545f');
  });

  it('and of few ids it learns nothing', () => {
    expect(after(31, 10, ['0F42401'])).toBe('f42401,16000001');
    expect(after(32, 16, ['9000000'])).toBe('9000000');
    expect(after(32, 16, ['0F42401'])).toBe('f42401');
    expect(after(32, 10, ['zz-1', '0F42401'])).toBe('f42401,16000001');
  });
});

describe('a receipt with two ids', () => {
  it('is of the message its parameter names, where its text has another', () => {
    const ids = new MessageIds('hex-in-receipt');
    expect(ids.receipted(of('3E9', { tlvId: '1001' }))).toEqual(['1001']);
  });
  it('is read as it is written, where both are the same', () => {
    const ids = new MessageIds('hex-in-receipt');
    expect(ids.receipted(of('3E9', { tlvId: '3E9' }))).toEqual(['1001']);
  });
  it('has none where there is none', () => {
    expect(new MessageIds('auto').receipted({ states: [], phones: [] })).toEqual([]);
  });
});
