import css from './widget.css?inline';

/*
 * The widget: one tag in a page of another site,
 *   <script async src="https://host/widget.js" data-touchpoint="purchase" data-language="he"></script>
 * puts a button there that opens the chat in a frame. What the tag may say besides: data-label (the button's words), data-color,
 * data-side ("start" or "end" of the line), data-z-index. Everything stands in a shadow tree, so that neither page changes the other.
 */

const sentences = {
  he: { label: 'ספרו לנו איך היה', close: 'סגירה', news: 'הודעה חדשה' },
  en: { label: 'Tell us how it went', close: 'Close', news: 'New message' },
} as const;

type Language = keyof typeof sentences;

// Tabler icons, MIT licence.
const bubble =
  'M3 20l1.3-3.9c-2.32-3.44-1.43-7.87 2.1-10.37 3.53-2.5 8.59-2.3 11.85.48 3.25 2.77 3.69 7.26 1.02 10.5-2.66 3.23-7.61 4.21-11.57 2.29L3 20';
const cross = 'M18 6L6 18M6 6l12 12';

const mark = 'data-kashuv-widget';

const tag = document.currentScript;
if (tag instanceof HTMLScriptElement && !document.querySelector(`[${mark}]`)) {
  if (document.body) start(tag);
  else document.addEventListener('DOMContentLoaded', () => start(tag));
}

function start({ src, dataset }: HTMLScriptElement): void {
  const { origin } = new URL(src);
  const language = languageOf(dataset.language ?? document.documentElement.lang);
  const label = dataset.label ?? sentences[language].label;

  const host = make('div');
  host.setAttribute(mark, '');
  host.lang = language;
  host.dir = directionOf(language);
  if (dataset.side) host.dataset.side = dataset.side;
  if (dataset.color) host.style.setProperty('--color', dataset.color);
  if (dataset.zIndex) host.style.zIndex = dataset.zIndex;
  const tree = host.attachShadow({ mode: 'open' });
  // A constructed sheet passes a page's policy against inline styles.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  tree.adoptedStyleSheets = [sheet];

  const words = make('span', label);
  const launcher = make('button', drawing(bubble), words);
  const close = make('button', drawing(cross));
  const dialog = make('dialog', close);
  launcher.type = close.type = 'button';
  launcher.setAttribute('aria-haspopup', 'dialog');
  dialog.setAttribute('aria-label', label);
  close.className = 'close';
  tellNews(false);
  speak(language);
  tree.append(launcher, dialog);
  document.body.append(host);

  const narrow = window.matchMedia('(max-width: 640px)');
  let frame: HTMLIFrameElement | undefined;

  launcher.addEventListener('click', open);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    launcher.hidden = false;
    launcher.focus();
  });
  // A dialog that leaves the rest of the page usable does not close by Escape on its own.
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') dialog.close();
  });
  window.addEventListener('message', ({ origin: sender, source, data }) => {
    if (!frame || sender !== origin || source !== frame.contentWindow) return;
    const notice = data?.kashuv;
    if (notice?.kind === 'close') dialog.close();
    if (notice?.kind === 'message' && !dialog.open) tellNews(true);
    if (notice?.kind === 'language') speak(languageOf(notice.language));
  });
  window.visualViewport?.addEventListener('resize', makeRoomForKeyboard);

  function open(): void {
    frame ??= load();
    tellNews(false);
    launcher.hidden = true;
    // On a phone the chat fills the screen, and what is behind it must not be reached.
    if (narrow.matches) dialog.showModal();
    else dialog.show();
    makeRoomForKeyboard();
    frame.focus();
  }

  function load(): HTMLIFrameElement {
    const address = new URL('/', origin);
    address.searchParams.set('embed', '1');
    address.searchParams.set('language', language);
    if (dataset.touchpoint) address.searchParams.set('touchpoint', dataset.touchpoint);
    const made = make('iframe');
    made.src = address.href;
    made.title = label;
    dialog.prepend(made);
    return made;
  }

  /** On a phone the chat ends where the keyboard begins. */
  function makeRoomForKeyboard(): void {
    const height = narrow.matches ? window.visualViewport?.height : undefined;
    dialog.style.setProperty('--height', height === undefined ? '' : `${height}px`);
  }

  function tellNews(hasNews: boolean): void {
    launcher.classList.toggle('news', hasNews);
    launcher.setAttribute('aria-label', hasNews ? `${label} (${sentences[language].news})` : label);
  }

  /** The close button lies over the chat's header and follows its language; the rest stays in that of the site. */
  function speak(chosen: Language): void {
    close.lang = chosen;
    close.dir = directionOf(chosen);
    close.setAttribute('aria-label', sentences[chosen].close);
  }
}

function languageOf(code: string): Language {
  return code === '' || /^(he|iw)\b/i.test(code) ? 'he' : 'en';
}

function directionOf(language: Language): 'rtl' | 'ltr' {
  return language === 'he' ? 'rtl' : 'ltr';
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  name: Tag,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function drawing(path: string): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const line = document.createElementNS(space, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
