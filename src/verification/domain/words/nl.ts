import type { Words } from './words.js';

export const DUTCH: Words = {
  sms: '{code} is uw {sender}-code. Deze is {minutes} min geldig. Deel de code niet.',
  email: {
    subject: 'Uw {sender}-code',
    text: '{code} is uw {sender}-code. Deze is {minutes} min geldig. Deel de code niet.',
  },
  spoken: {
    payment: 'Het gaat om een betaling van {amount} aan {payee}. ',
    code: 'Uw code van {sender} is {code}. Nogmaals: {code}.',
    askForKey: 'Dit is {sender}. Druk op 1 om uw code te horen.',
    notNeeded: 'Uw code is niet meer nodig. Tot ziens.',
    tooLate: 'De code is niet meer geldig. Begin alstublieft opnieuw.',
  },
};
