import type { Words } from './words.js';

/** In simplified characters, as on the mainland, in Singapore and in Malaysia. */
export const CHINESE: Words = {
  sms: '{code} 是您的 {sender} 验证码，{minutes} 分钟内有效。请勿告知他人。',
  email: {
    subject: '您的 {sender} 验证码',
    text: '{code} 是您的 {sender} 验证码，{minutes} 分钟内有效。请勿告知他人。',
  },
  spoken: {
    payment: '您正在向 {payee} 支付 {amount}。',
    code: '您的 {sender} 验证码是：{code}。再说一遍：{code}。',
    askForKey: '您好，这里是 {sender}。请按 1 收听您的验证码。',
    notNeeded: '您已不再需要验证码。再见。',
    tooLate: '验证码已失效，请重新开始。',
  },
};
