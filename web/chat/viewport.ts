/**
 * Keeps the composer above the phone's keyboard where the keyboard covers the page instead of shrinking it (iOS): its height becomes the
 * length `--keyboard`. While the reader has zoomed in by pinching, nothing moves.
 */
export function watchKeyboard(): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const measure = () => {
    const covered = viewport.scale === 1 ? window.innerHeight - viewport.height - viewport.offsetTop : 0;
    document.documentElement.style.setProperty('--keyboard', `${Math.max(0, Math.round(covered))}px`);
  };
  viewport.addEventListener('resize', measure);
  viewport.addEventListener('scroll', measure);
  measure();
}
