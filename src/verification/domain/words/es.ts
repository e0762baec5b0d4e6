import type { Words } from './words.js';

export const SPANISH: Words = {
  sms: '{code} es su codigo de {sender}. Caduca en {minutes} min. No lo comparta.',
  email: {
    subject: 'Su código de {sender}',
    text: '{code} es su código de {sender}. Caduca en {minutes} min. No lo comparta.',
  },
  spoken: {
    payment: 'Se trata de un pago de {amount} a {payee}. ',
    code: 'Su código de {sender} es {code}. Repito: {code}.',
    askForKey: 'Le llama {sender}. Pulse 1 para escuchar su código.',
    notNeeded: 'Su código ya no es necesario. Adiós.',
    tooLate: 'El código ya no es válido. Vuelva a empezar, por favor.',
  },
};
