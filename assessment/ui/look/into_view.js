const before = document.activeElement;
const show = () => {
  const shown = document.querySelector(given.selector);
  const now = document.activeElement;
  const hasGoneOn = given.isNews ? now.tabIndex >= 0 : ![before, shown, document.body].includes(now);
  if (!shown || hasGoneOn) return;
  shown.tabIndex = -1; shown.focus(); shown.scrollIntoView({ block: given.block });
};
for (const wait of [50, 400]) setTimeout(show, wait);
