import { z } from 'zod';
import { kind, waitingFields } from './kind.ts';

/** An e-mail address. */
export const emailSchema = z.strictObject({ ...waitingFields, kind: z.literal('email') });

export type EmailQuestion = z.infer<typeof emailSchema>;

/** The answer is the address in lower case. */
export const email = kind<EmailQuestion>({
  answerType: 'text',
  present: () => ({ layout: 'open', input: 'email', textUnitsMax: addressUnitsMax }),
  asked: () => ({ kind: 'email' }),
  check(_question, value) {
    const taken =
      typeof value === 'string' && value.length <= addressUnitsMax && /^[^\s@]+@[^\s@]+$/.test(value);
    return taken ? undefined : 'not_an_email';
  },
  tapped: () => undefined,
  hint: () => ({ from: 'system', key: 'hints.email' }),
});

/** The longest address that mail can be sent to (RFC 5321, 4.5.3.1.3, erratum 1690). */
const addressUnitsMax = 254;
