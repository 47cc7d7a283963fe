import type { Language, Opening } from './wire.ts';

/** What the page's address asks for. */
export interface Place {
  /** What to open; absent where the reader chooses from the list first. */
  readonly opening?: Opening;
  /** Shown in the frame of the widget. */
  readonly embedded: boolean;
  /** The language of the page that led here. */
  readonly language?: Language;
}

export function readPlace(address: { pathname: string; search: string }): Place {
  const search = new URLSearchParams(address.search);
  const code = /^\/s\/([^/]+)\/?$/.exec(address.pathname)?.[1];
  const touchpoint = search.get('touchpoint');
  const language = search.get('language');
  return {
    ...(code ? { opening: { code: decoded(code) } } : touchpoint ? { opening: { touchpoint } } : {}),
    embedded: search.get('embed') === '1',
    ...((language === 'he' || language === 'en') && { language }),
  };
}

/** The address of the list, or of one touchpoint's chat, in the same frame as now. */
export function addressOf(place: Place, touchpoint?: string): string {
  const search = new URLSearchParams();
  if (touchpoint !== undefined) search.set('touchpoint', touchpoint);
  if (place.embedded) search.set('embed', '1');
  if (place.language) search.set('language', place.language);
  const query = search.toString();
  return query ? `/?${query}` : '/';
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
