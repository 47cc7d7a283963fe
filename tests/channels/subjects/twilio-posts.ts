import { createHmac } from 'node:crypto';
import twilio from 'twilio';
import type { Refusal } from '../../contracts/channel.ts';
import { type Fault, twilioAccount } from '../../support/twilio.ts';

export const publicUrl = 'https://survey.example.com';

/** A refusal of the contract, as Twilio makes it. */
export function faultOf(refusal: Refusal): Fault {
  switch (refusal.kind) {
    case 'rate_limited':
      return { kind: 'refuse', status: 429, code: 20429, retryAfter: refusal.retryAfterSeconds };
    case 'lost_before':
      return { kind: 'cut', taken: false };
    case 'lost_after':
      return { kind: 'cut', taken: true };
    case 'receipts_only':
      return { kind: 'receipts_first', states: refusal.states };
    case 'no_such_address':
      return { kind: 'refuse', status: 400, code: 21211 };
    case 'opted_out':
      return { kind: 'refuse', status: 400, code: 21610 };
    case 'bad_credentials':
      return { kind: 'refuse', status: 401, code: 20003 };
  }
}

export const formType = 'application/x-www-form-urlencoded';

/** A form of our account. */
export function formOf(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams({ AccountSid: twilioAccount.accountSid, ...fields }).toString();
}

/** The header by which Twilio signs a form that it posts to a path of ours. */
export function sign(body: string, path: string, token = twilioAccount.authToken) {
  const form = new URLSearchParams(body);
  const fields = Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));
  return { 'x-twilio-signature': twilio.getExpectedTwilioSignature(token, publicUrl + path, fields) };
}

/** Headers that show nothing, or not that Twilio has signed the form. */
export function unsignedFor(path: string, body: string): Record<string, string>[] {
  const { 'x-twilio-signature': right } = sign(body, path);
  const sha256 = createHmac('sha256', twilioAccount.authToken)
    .update(publicUrl + path)
    .digest('base64');
  return [
    {},
    { 'x-twilio-signature': '' },
    { 'x-twilio-signature': 'x' },
    { 'x-twilio-signature': `${right} x` },
    { 'x-twilio-signature': right.toUpperCase() },
    { 'x-twilio-signature': right.slice(0, -1) },
    { 'x-twilio-signature': Buffer.from(right, 'base64').toString('hex') },
    { 'x-twilio-signature': sha256 },
    sign(body, path, 'another token of another account'),
    sign(body, `${path}?x=1`),
    sign(body, '/channels/other'),
    {
      'x-twilio-signature': twilio.getExpectedTwilioSignature(
        twilioAccount.authToken,
        `http://localhost${path}`,
        {},
      ),
    },
    { 'x-hub-signature-256': right },
    {
      authorization: `Basic ${Buffer.from(`${twilioAccount.accountSid}:${twilioAccount.authToken}`).toString('base64')}`,
    },
  ];
}
