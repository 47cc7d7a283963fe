import type { ArrivedMessage, ChannelHost, Dispatch } from '../channel.ts';
import type { TwilioClient, TwilioMessage } from './client.ts';

/** The most messages that are looked through after a time of silence. */
const catchUpMax = 10_000;
const reconcileMax = 50;

/** Whether Twilio took a message. It keeps no id of ours, so a message is known by where it went and its words, sent after it was committed. */
export async function wasTaken(
  client: TwilioClient,
  { committedAt }: Pick<Dispatch, 'committedAt'>,
  { to, from, body }: { readonly to: string; readonly from: string | undefined; readonly body: string },
): Promise<'accepted' | 'not_taken'> {
  const since = new Date(committedAt);
  const sent = await client.list({ since, to, ...(from !== undefined && { from }), limit: reconcileMax });
  const isIt = (one: TwilioMessage) => !one.inbound && one.body === body && isAfter(one, since);
  return sent.some(isIt) ? 'accepted' : 'not_taken';
}

/** Hands over what people wrote since a moment, the oldest first. */
export async function fetchMissed(
  client: TwilioClient,
  host: ChannelHost,
  {
    channel,
    since,
    to,
    read,
  }: {
    readonly channel: string;
    readonly since: string;
    /** Our own address; undefined: any of the account's. */
    readonly to: string | undefined;
    read(message: TwilioMessage): ArrivedMessage | { readonly ignored: string };
  },
): Promise<void> {
  const moment = new Date(since);
  const found = await client.list({ since: moment, ...(to !== undefined && { to }), limit: catchUpMax });
  if (found.length === catchUpMax) host.log.warn({ channel }, 'older messages were not looked through');
  for (const message of found.toReversed()) {
    if (!message.inbound || !isAfter(message, moment)) continue;
    const arrived = read(message);
    if (!('ignored' in arrived)) await host.receive(arrived);
  }
}

/** Twilio lists whole days, and its clock has seconds only. */
function isAfter({ sentAt }: TwilioMessage, moment: Date): boolean {
  return sentAt === undefined || sentAt.getTime() >= moment.getTime() - 1000;
}
