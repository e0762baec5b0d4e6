import type { Words } from './words.js';

/** Brazil calls sharing, calling and pressing a key by other words than Portugal does. */
export const BRAZILIAN: Words = {
  sms: '{code} é o seu codigo {sender}. Expira em {minutes} min. Nao o compartilhe com ninguem.',
  email: {
    subject: 'Seu código {sender}',
    text: '{code} é o seu código {sender}. Expira em {minutes} min. Não o compartilhe com ninguém.',
  },
  spoken: {
    payment: 'Esta ligação é sobre um pagamento de {amount} para {payee}. ',
    code: 'Seu código {sender} é {code}. Repetindo: {code}.',
    askForKey: 'Esta é uma ligação de {sender}. Digite 1 para ouvir o seu código.',
    notNeeded: 'O seu código não é mais necessário. Até logo.',
    tooLate: 'O código não é mais válido. Por favor, comece novamente.',
  },
};
