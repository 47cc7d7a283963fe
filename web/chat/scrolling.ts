export interface Scrolling {
  /** Something was added or changed. `isNews`: there is something that the reader has not seen. */
  follow(isNews: boolean): void;
  /** The reader said something: from here on the page follows again. */
  resume(): void;
}

/** How far from the end, in pixels, a reader still counts as being at the end. */
const slack = 80;

/**
 * Keeps the end of the conversation in sight while the reader is there, and leaves the reader alone who scrolled up: a button then tells of
 * news. What does not fit on the screen is shown from the reader's own last words on, not from its end.
 */
export function createScrolling({
  start,
  header,
  newer,
}: {
  /** Where the latest part of the conversation begins. */
  start: () => Element | undefined;
  header: HTMLElement;
  newer: HTMLButtonElement;
}): Scrolling {
  const page = document.documentElement;
  let isFollowing = true;
  let position = 0;

  function end(): number {
    return page.scrollHeight - page.clientHeight;
  }

  function follow(isNews: boolean): void {
    if (!isFollowing) {
      if (isNews) newer.hidden = false;
      return;
    }
    const top = start()?.getBoundingClientRect().top ?? 0;
    const covered = getComputedStyle(header).position === 'sticky' ? header.offsetHeight : 0;
    const latest = top + window.scrollY - covered - 16;
    position = Math.round(Math.max(0, Math.min(end(), latest)));
    window.scrollTo({ top: position, behavior: 'instant' });
  }

  function resume(): void {
    isFollowing = true;
    newer.hidden = true;
  }

  window.addEventListener(
    'scroll',
    () => {
      if (Math.abs(window.scrollY - position) < 2) return;
      isFollowing = end() - window.scrollY < slack;
      if (isFollowing) newer.hidden = true;
    },
    { passive: true },
  );
  for (const viewport of [window, window.visualViewport])
    viewport?.addEventListener('resize', () => follow(false));
  newer.addEventListener('click', () => {
    resume();
    window.scrollTo({ top: end(), behavior: 'instant' });
  });

  return { follow, resume };
}
