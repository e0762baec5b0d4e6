import type { Words } from './words.js';

export const TURKISH: Words = {
  sms: '{code}, {sender} kodunuz. {minutes} dk gecerlidir. Kimseyle paylasmayin.',
  email: {
    subject: '{sender} kodunuz',
    text: '{code}, {sender} kodunuz. {minutes} dk geçerlidir. Kimseyle paylaşmayın.',
  },
  spoken: {
    payment: 'Bu arama, {payee} alıcısına {amount} tutarındaki ödeme hakkındadır. ',
    code: '{sender} kodunuz: {code}. Tekrar ediyorum: {code}.',
    askForKey: '{sender} arıyor. Kodunuzu duymak için 1 tuşuna basın.',
    notNeeded: 'Kodunuza artık gerek yok. Hoşça kalın.',
    tooLate: 'Kod artık geçerli değil. Lütfen baştan başlayın.',
  },
};
