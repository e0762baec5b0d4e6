import type { Words } from './words.js';

export const ENGLISH: Words = {
  sms: '{code} is your {sender} code. It is valid for {minutes} min. Do not share it.',
  email: {
    subject: 'Your {sender} code',
    text: '{code} is your {sender} code. It is valid for {minutes} min. Do not share it.',
  },
  spoken: {
    payment: 'This is about a payment of {amount} to {payee}. ',
    code: 'Your {sender} code is {code}. Once more: {code}.',
    askForKey: 'This is {sender}. Press 1 to hear your code.',
    notNeeded: 'Your code is not needed any more. Goodbye.',
    tooLate: 'There is no code to hear any more. Please start again.',
  },
};
