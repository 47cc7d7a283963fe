import { element, part, setText } from './element.ts';
import { createPauses, secondsBefore } from './pauses.ts';
import { addressOf, type Place } from './place.ts';
import { fetchTouchpoints } from './requests.ts';
import { say } from './speech.ts';
import type { Language, Touchpoint, TouchpointList } from './wire.ts';

export interface Stations {
  show(language: Language): void;
}

/** The first page: the moments of the journey that the reader can tell about, in their order. Loading is tried until it succeeds. */
export function createStations(place: Place): Stations {
  const page = part('stations', HTMLElement);
  const [heading, intro, notice, list] = ['h1', '.intro', '.notice', 'ol'].map((selector) =>
    page.querySelector(selector),
  );
  let loaded: TouchpointList | undefined;
  let hasFailed = false;
  let shownLanguage: Language = 'he';
  page.hidden = false;

  function show(language: Language): void {
    shownLanguage = language;
    const isEmpty = loaded !== undefined && loaded.items.length === 0;
    const brand = loaded?.brand[language] ?? '';
    if (heading) setText(heading, say(language, 'list_title'));
    if (intro) setText(intro, isEmpty ? say(language, 'list_empty') : say(language, 'list_intro'));
    if (notice instanceof HTMLElement) {
      notice.hidden = loaded !== undefined;
      setText(notice, say(language, hasFailed ? 'list_failed' : 'loading'));
    }
    list?.replaceChildren(...(loaded?.items ?? []).map((item) => station(item, place, language)));
    showBrand(brand);
    document.title = [say(language, 'list_title'), brand].filter(Boolean).join(' · ');
  }

  async function load(): Promise<void> {
    const pauses = createPauses();
    window.addEventListener('online', () => pauses.end());
    for (let attempt = 0; !loaded; attempt += 1) {
      const outcome = await fetchTouchpoints();
      if (outcome.kind === 'done') loaded = outcome.value;
      hasFailed = !loaded;
      show(shownLanguage);
      if (!loaded) await pauses.pause(secondsBefore(attempt + 1));
    }
  }

  void load();
  return { show };
}

export function showBrand(brand: string): void {
  setText(part('brand', HTMLElement), brand);
}

/** What a touchpoint is called in a language, or in the other one where it has no texts in this. */
export function textsOf({ texts }: Touchpoint, language: Language) {
  const own = texts[language];
  if (own) return { language, ...own };
  const [other] = (['he', 'en'] as const).filter((candidate) => texts[candidate]);
  const others = other && texts[other];
  return others && { language: other, ...others };
}

function station(item: Touchpoint, place: Place, language: Language): HTMLLIElement {
  const texts = textsOf(item, language);
  return element(
    'li',
    {},
    element(
      'a',
      { href: addressOf(place, item.touchpointId), lang: texts?.language, dir: 'auto' },
      element('strong', {}, texts?.title ?? item.touchpointId),
      ...(texts?.description ? [element('span', {}, texts.description)] : []),
    ),
  );
}
