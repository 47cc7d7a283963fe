import { startChat } from './chat.ts';
import { showLanguageSwitch } from './controls.ts';
import { part } from './element.ts';
import { tellHostPage } from './host-page.ts';
import { applyLanguage, readLanguage, rememberLanguage } from './language.ts';
import { createMemory } from './memory.ts';
import { readPlace } from './place.ts';
import { otherLanguage } from './speech.ts';
import { createStations } from './stations.ts';
import { watchKeyboard } from './viewport.ts';
import type { Language } from './wire.ts';

start();

function start(): void {
  const place = readPlace(window.location);
  const memory = createMemory(() => window.localStorage);
  const choice = readLanguage(memory, place, navigator.languages);
  let { language } = choice;

  document.documentElement.classList.toggle('embedded', place.embedded);
  watchKeyboard();
  if (place.embedded) {
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing) tellHostPage({ kind: 'close' });
    });
  }

  const view: { show(next: Language): void; chooseLanguage?(next: Language): void } = place.opening
    ? startChat({
        place,
        opening: place.opening,
        memory,
        draftMemory: createMemory(() => window.sessionStorage),
        choice,
        adopt(next) {
          if (next !== language) rememberLanguage(memory, next);
          show(next);
        },
      })
    : createStations(place);

  part('language', HTMLButtonElement).addEventListener('click', () => {
    const next = otherLanguage(language);
    rememberLanguage(memory, next);
    show(next);
    view.chooseLanguage?.(next);
  });

  function show(next: Language): void {
    language = next;
    applyLanguage(next);
    showLanguageSwitch(next);
    if (place.embedded) tellHostPage({ kind: 'language', language: next });
    view.show(next);
  }

  show(language);
}
