import type { Words } from './words.js';

/** In traditional characters, as in Taiwan, Hong Kong and Macau. */
export const TRADITIONAL_CHINESE: Words = {
  sms: '{code} 是您的 {sender} 驗證碼，{minutes} 分鐘內有效。請勿告知他人。',
  email: {
    subject: '您的 {sender} 驗證碼',
    text: '{code} 是您的 {sender} 驗證碼，{minutes} 分鐘內有效。請勿告知他人。',
  },
  spoken: {
    payment: '您正在向 {payee} 支付 {amount}。',
    code: '您的 {sender} 驗證碼是：{code}。再說一次：{code}。',
    askForKey: '您好，這裡是 {sender}。請按 1 收聽您的驗證碼。',
    notNeeded: '您已不再需要驗證碼。再見。',
    tooLate: '驗證碼已失效，請重新開始。',
  },
};
