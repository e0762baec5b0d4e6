import type { Words } from './words.js';

export const ITALIAN: Words = {
  sms: '{code} è il suo codice {sender}. Scade tra {minutes} min. Non lo condivida.',
  email: {
    subject: 'Il suo codice {sender}',
    text: '{code} è il suo codice {sender}. Scade tra {minutes} min. Non lo condivida.',
  },
  spoken: {
    payment: 'Si tratta di un pagamento di {amount} a {payee}. ',
    code: 'Il suo codice {sender} è {code}. Ripeto: {code}.',
    askForKey: 'Qui {sender}. Prema 1 per ascoltare il suo codice.',
    notNeeded: 'Il suo codice non serve più. Arrivederci.',
    tooLate: 'Il codice non è più valido. La preghiamo di ricominciare.',
  },
};
