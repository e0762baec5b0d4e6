import type { Words } from './words.js';

/**
 * Standard Arabic, which is written alike everywhere. An Arabic letter stands between the code and whatever is put in, so that no
 * order of display joins two of them; `د` counts minutes without a plural that one, two, five and eleven of them would each need
 * differently (CLDR, ar, unit-short).
 */
export const ARABIC: Words = {
  sms: '{code} رمزك في {sender}. صالح {minutes} د. لا تشاركه مع أحد.',
  email: {
    subject: 'رمز التحقق الخاص بك لدى {sender}',
    text: '{code} هو رمز التحقق الخاص بك لدى {sender}. وهو صالح لمدة {minutes} د. لا تشاركه مع أحد.',
  },
  spoken: {
    payment: 'هذا الاتصال بخصوص دفع مبلغ {amount} إلى {payee}. ',
    code: 'رمزك لدى {sender} هو {code}. أكرر: {code}.',
    askForKey: 'هنا {sender}. للاستماع إلى رمزك، اضغط على الرقم 1.',
    notNeeded: 'لم تعد بحاجة إلى الرمز. مع السلامة.',
    tooLate: 'انتهت صلاحية الرمز. يرجى البدء من جديد.',
  },
};
