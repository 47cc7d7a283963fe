import { z } from 'zod';
import type { DocumentedPaths } from '../documented-paths.ts';
import {
  openConversationSchema,
  openedConversationSchema,
  postMessageSchema,
  touchpointListSchema,
} from './web-chat.ts';

const conversation = {
  path: z.strictObject({ id: z.string().meta({ description: 'The conversation id.' }) }),
};

const json = (schema: z.ZodType) => ({ required: true, content: { 'application/json': { schema } } });

/** The web chat in the API document. Whoever knows a conversation's id may read and write it. */
export const webChatPaths = {
  '/channels/web/touchpoints': {
    get: {
      summary: 'Lists the touchpoints that can be opened, with their titles',
      answers: {
        200: { description: 'The list.', content: { 'application/json': touchpointListSchema } },
      },
      problems: [],
    },
  },
  '/channels/web/conversations': {
    post: {
      summary: 'Opens a conversation at a touchpoint or by a survey link, or goes on with it',
      requestBody: json(openConversationSchema),
      answers: {
        201: {
          description: 'The conversation. Its id opens it, and cannot be guessed.',
          content: { 'application/json': openedConversationSchema },
        },
      },
      problems: [
        'unknown_touchpoint',
        'unknown_code',
        'malformed_request',
        'invalid_request',
        'too_large',
        'overloaded',
      ],
    },
  },
  '/channels/web/conversations/{id}/messages': {
    post: {
      summary: 'Sends words or a tap; the same id twice is one message',
      requestParams: conversation,
      requestBody: json(postMessageSchema),
      answers: {
        202: { description: 'The message is stored.', content: { 'application/json': z.strictObject({}) } },
      },
      problems: ['unknown_conversation', 'malformed_request', 'invalid_request', 'too_large', 'overloaded'],
    },
  },
  '/channels/web/conversations/{id}/events': {
    get: {
      summary: 'Streams the conversation; resumes by Last-Event-ID',
      requestParams: {
        ...conversation,
        query: z.strictObject({ after: z.coerce.number().int().min(0).optional() }),
      },
      answers: {
        200: {
          description:
            'Events `message` (`seq`, `at` and the `message`), `reply` (`seq`, `at`, `id` and what the contact sent), `state` and `live`.',
          content: { 'text/event-stream': z.string() },
        },
      },
      problems: ['unknown_conversation'],
    },
  },
} satisfies DocumentedPaths;
