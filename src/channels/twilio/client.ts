import type { Twilio } from 'twilio';
import type { RequestOptions } from 'twilio/lib/base/RequestClient.js';
import { DeliveryError } from '../errors.ts';
import { failureOf } from '../provider-failure.ts';
import { refusalOf } from './errors.ts';

/** What it takes to work with an account of Twilio. */
export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** Where the API is, without a slash at the end; undefined: at Twilio. */
  readonly apiBaseUrl: string | undefined;
}

/** A message as Twilio keeps it, as far as we look at it. */
export interface TwilioMessage {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaCount: number;
  readonly inbound: boolean;
  readonly sentAt: Date | undefined;
}

/** What to send. Exactly one of `from` and `messagingServiceSid` is given, and one of `body` and `contentSid`, words that are kept at Twilio. */
export interface TwilioSend {
  readonly to: string;
  readonly body?: string;
  readonly contentSid?: string;
  readonly from?: string;
  readonly messagingServiceSid?: string;
  readonly statusCallback: string;
}

/** Twilio's own library, loaded when it is first needed, because that takes a good part of a second. */
export interface TwilioClient {
  /** Resolves to the message's sid; rejects with a {@link DeliveryError}. */
  send(message: TwilioSend): Promise<string>;
  /** Messages of the account from a moment on, newest first, at most so many. */
  list(query: {
    readonly since: Date;
    readonly from?: string;
    readonly to?: string;
    readonly limit: number;
  }): Promise<readonly TwilioMessage[]>;
  /** Whether the account's token has signed a form that was posted to a URL. */
  hasSigned(request: {
    signature: string;
    url: string;
    fields: Readonly<Record<string, unknown>>;
  }): Promise<boolean>;
  /** The same of a body that is no form, whose hash is part of the URL. */
  hasSignedBody(request: { signature: string; url: string; body: string }): Promise<boolean>;
}

/** How long an answer is waited for; the lease of a message lasts longer. */
const timeoutMilliseconds = 15_000;
const pageSizeMax = 1000;

export function createTwilioClient({ accountSid, authToken, apiBaseUrl }: TwilioAccount): TwilioClient {
  let library: Promise<typeof import('twilio')> | undefined;
  let client: Promise<Twilio> | undefined;

  function load(): Promise<typeof import('twilio')> {
    library ??= import('twilio').then((module) => module.default);
    return library;
  }

  async function connect(): Promise<Twilio> {
    const twilio = await load();
    const { RequestClient } = twilio;
    // The library has no setting for where the API is, and its errors do not tell how long to wait.
    class Requests extends RequestClient {
      override async request<Data>(options: RequestOptions<Data>) {
        if (apiBaseUrl !== undefined) options.uri = rebased(options.uri, apiBaseUrl);
        const response = await super.request<Data>(options);
        const refusal = refusalOf(response);
        if (refusal) throw refusal;
        return response;
      }
    }
    const httpClient = new Requests({ timeout: timeoutMilliseconds });
    return twilio(accountSid, authToken, { httpClient });
  }

  function connected(): Promise<Twilio> {
    client ??= connect();
    return client;
  }

  return {
    async send(message) {
      try {
        const { sid } = await (await connected()).messages.create({ ...message });
        return sid;
      } catch (error) {
        throw error instanceof DeliveryError ? error : failureOf(error);
      }
    },

    async list({ since, limit, ...filter }) {
      const found = await (await connected()).messages.list({
        ...filter,
        dateSentAfter: since,
        limit,
        pageSize: Math.min(limit, pageSizeMax),
      });
      return found.map((message) => ({
        sid: message.sid,
        from: message.from,
        to: message.to,
        body: message.body ?? '',
        mediaCount: Number(message.numMedia ?? 0),
        inbound: message.direction === 'inbound',
        sentAt: message.dateSent ?? undefined,
      }));
    },

    async hasSigned({ signature, url, fields }) {
      const { validateRequest } = await load();
      return validateRequest(authToken, signature, url, { ...fields });
    },

    async hasSignedBody({ signature, url, body }) {
      const { validateRequestWithBody } = await load();
      return validateRequestWithBody(authToken, signature, url, body);
    },
  };
}

/** The address of an API call at another place. */
function rebased(uri: string, apiBaseUrl: string): string {
  const { pathname, search } = new URL(uri);
  return apiBaseUrl + pathname + search;
}
