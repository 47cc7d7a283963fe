import { parse as parseCookies } from 'cookie';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { StartByContact } from '../../conversations/conversations.ts';
import { languageSchema } from '../../dialogs/language.ts';
import { codeHash } from '../codes.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { streamConversation } from '../event-stream.ts';
import { inJourneyOrder } from '../journey.ts';
import { requestLanguage } from '../language.ts';
import { lastEventId } from '../live-events.ts';
import { Problem, parse } from '../problem.ts';

const visitorCookie = 'kashuv_visitor';
const visitorCookieSeconds = 365 * 24 * 3600;

export const openConversationSchema = z.union([
  z.strictObject({
    touchpoint: z.string().max(40),
    language: languageSchema.optional(),
    /** The page was loaded again: go on with what is open, begin nothing new. */
    resume: z.boolean().optional(),
    embed: z.boolean().optional(),
  }),
  z.strictObject({
    code: z.string().min(1).max(100),
    language: languageSchema.optional(),
    resume: z.boolean().optional(),
    embed: z.boolean().optional(),
  }),
]);

export const openedConversationSchema = z.strictObject({
  conversationId: z.string(),
  language: languageSchema,
});

const touchpointTextsSchema = z.strictObject({ title: z.string(), description: z.string().optional() });

export const touchpointListSchema = z.strictObject({
  brand: z.strictObject({ he: z.string(), en: z.string() }),
  items: z.array(
    z.strictObject({
      touchpointId: z.string(),
      texts: z.partialRecord(languageSchema, touchpointTextsSchema),
    }),
  ),
});

const messageId = z.string().min(1).max(100);

export const postMessageSchema = z.union([
  z.strictObject({ id: messageId, text: z.string().max(20_000) }),
  z.strictObject({ id: messageId, choice: z.string().min(1).max(256) }),
]);

/** The routes of the customer's own page. A conversation's id is a capability: whoever has it may read and write that conversation. */
export function webChatRoutes(dependencies: ServerDependencies): Router {
  const { store, conversations, library, addressBook, pageChannel, settings } = dependencies;
  const router = Router();

  router.post('/conversations/:id/messages', async (request, response) => {
    const body = parse(postMessageSchema, request.body);
    // The conversation's id opens the conversation, so it must not stand in what is stored and shown: its hash does.
    const addressId = addressIdOf(request.params.id);
    const content =
      'text' in body
        ? { kind: 'text' as const, text: body.text }
        : { kind: 'choice' as const, choice: body.choice };
    const { outcome } = await conversations.receive(
      {
        channel: pageChannel.name,
        account: pageChannel.account,
        address: request.params.id,
        providerMessageId: `${addressId}/${body.id}`,
        content,
      },
      { knownOnly: true },
    );
    if (outcome === 'unknown') throw new Problem('unknown_conversation');
    // Every message takes this way: json() would look for a type, a charset and a freshness that are known here.
    response.writeHead(202, { 'Content-Type': 'application/json; charset=utf-8' }).end('{}');
  });

  router.get('/touchpoints', async (_request, response) => {
    const published = inJourneyOrder(await library.list(), settings.journey);
    response.json({
      brand: settings.brand,
      items: published
        .filter(({ paused }) => !paused)
        .map(({ document }) => ({
          touchpointId: document.touchpoint,
          texts: Object.fromEntries(
            document.languages.map((language) => {
              const { title = '', description } = document.texts[language] ?? {};
              return [language, { title, ...(description !== undefined && { description }) }];
            }),
          ),
        })),
    });
  });

  router.post('/conversations', async (request, response) => {
    const body = parse(openConversationSchema, request.body);
    const visitor = visitorOf(request, response, body.embed === true);
    const guess = requestLanguage(request, settings.defaultLanguage);
    const start = {
      channel: pageChannel.name,
      account: pageChannel.account,
      resume: body.resume ?? false,
      language: { code: body.language ?? guess, chosen: body.language !== undefined },
    };
    const { conversationId, ...wanted } =
      'code' in body ? await byLink(visitor, body.code) : await byTouchpoint(visitor, body.touchpoint);
    const { contactId } = await conversations.start({ ...start, ...wanted, address: conversationId });
    const state = await store.readContact(contactId);
    response.status(201).json({ conversationId, language: state?.contact.language ?? start.language.code });
  });

  type Wanted = Pick<StartByContact, 'wanted' | 'link'> & { readonly conversationId: string };

  async function byTouchpoint(visitor: string, touchpoint: string): Promise<Wanted> {
    const wanted = await library.forTouchpoint(touchpoint);
    if (!wanted) throw new Problem('unknown_touchpoint');
    return { conversationId: addressBook.derive('conversation', visitor), wanted };
  }

  /** A link's conversation belongs to the visitor and the link, so that a forwarded link shows nothing of another visitor's. */
  async function byLink(visitor: string, code: string): Promise<Wanted> {
    const hash = codeHash(code);
    const credential = await store.findCredential('survey_link', hash, dependencies.now());
    const survey = credential?.survey;
    const wanted = survey && (await library.forTouchpoint(survey.touchpointId));
    if (!survey || !wanted) throw new Problem('unknown_code');
    return {
      conversationId: addressBook.derive('conversation', visitor, code),
      wanted,
      link: {
        contactId: survey.contactId,
        sessionId: survey.sessionId ?? addressBook.derive('session', hash).slice(0, 16),
      },
    };
  }

  router.get('/conversations/:id/events', async (request, response) => {
    const contactId = await contactOf(request.params.id);
    const addressId = addressIdOf(request.params.id);
    streamConversation(response, {
      store,
      contactId,
      addressId,
      afterSeq: lastEventId(request),
      changes: dependencies.changes,
      closing: dependencies.closing,
      observe: dependencies.observe,
      log: dependencies.log,
    });
  });

  function addressIdOf(conversationId: string): string {
    return addressBook.identify(pageChannel.name, pageChannel.account, conversationId);
  }

  async function contactOf(conversationId: string): Promise<string> {
    const contactId = await store.findContact(addressIdOf(conversationId));
    if (contactId === undefined) throw new Problem('unknown_conversation');
    return contactId;
  }

  /** The visitor's own random id; it joins the visits of one browser and is shown to no script. */
  function visitorOf(request: Request, response: Response, embedded: boolean): string {
    const known = parseCookies(request.headers.cookie ?? '')[visitorCookie];
    if (known !== undefined && /^[\w-]{22,64}$/.test(known)) return known;
    const visitor = dependencies.newCode();
    const secure = settings.publicBaseUrl.startsWith('https:');
    response.cookie(visitorCookie, visitor, {
      httpOnly: true,
      maxAge: visitorCookieSeconds * 1000,
      secure,
      // In another site's page only a partitioned cookie is kept, and only over HTTPS.
      ...(embedded && secure ? { sameSite: 'none', partitioned: true } : { sameSite: 'lax' }),
    });
    return visitor;
  }

  return router;
}
