import type { Language } from './wire.ts';

/** What the page tells the widget that frames it. Nothing of the conversation is in it. */
type Notice =
  | { readonly kind: 'close' }
  | { readonly kind: 'message' }
  | { readonly kind: 'language'; readonly language: Language };

/** The widget may stand in any site, and what it is told is no secret, so every origin may read it. */
export function tellHostPage(notice: Notice): void {
  if (window.parent !== window) window.parent.postMessage({ kashuv: notice }, '*');
}
