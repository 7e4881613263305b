const before = document.activeElement;
let hasShown = false;
const show = () => {
  const shown = document.querySelector(given.selector);
  const now = document.activeElement;
  const hasGoneOn = given.isNews ? now.tabIndex >= 0 : ![before, shown, document.body].includes(now);
  if (!shown || hasGoneOn) return;
  shown.tabIndex = -1; shown.focus(); shown.scrollIntoView({ block: given.block });
  hasShown = true;
};
for (const wait of [50, 400]) setTimeout(show, wait);
// On a slow computer the page comes later.
for (const wait of [1200, 3000]) setTimeout(() => hasShown || show(), wait);
