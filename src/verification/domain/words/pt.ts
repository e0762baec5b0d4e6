import type { Words } from './words.js';

/** As in Portugal, Angola and Mozambique. */
export const PORTUGUESE: Words = {
  sms: '{code} é o seu codigo {sender}. Expira em {minutes} min. Nao o partilhe com ninguem.',
  email: {
    subject: 'O seu código {sender}',
    text: '{code} é o seu código {sender}. Expira em {minutes} min. Não o partilhe com ninguém.',
  },
  spoken: {
    payment: 'Trata-se de um pagamento de {amount} a {payee}. ',
    code: 'O seu código {sender} é {code}. Repito: {code}.',
    askForKey: 'Esta é uma chamada de {sender}. Prima 1 para ouvir o seu código.',
    notNeeded: 'O seu código já não é necessário. Até à próxima.',
    tooLate: 'O código já não é válido. Por favor, comece de novo.',
  },
};
