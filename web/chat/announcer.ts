/** How long a sentence stays in the region, so that slow screen readers still find it there. */
const secondsKept = 20;

/**
 * Tells screen readers what is new, through a region of its own: several of them read a whole conversation again when the conversation itself
 * is the live region.
 */
export function createAnnouncer(region: HTMLElement): (text: string, language: string) => void {
  return (text, language) => {
    const sentence = document.createElement('p');
    sentence.lang = language;
    sentence.textContent = text;
    region.append(sentence);
    setTimeout(() => sentence.remove(), secondsKept * 1000);
  };
}
