const before = document.activeElement;
const show = () => {
  const shown = document.querySelector(given.selector);
  const hasGoneOn = ![before, shown, document.body].includes(document.activeElement);
  if (!shown || hasGoneOn) return;
  shown.tabIndex = -1; shown.focus(); shown.scrollIntoView({ block: given.block });
};
for (const wait of [50, 400]) setTimeout(show, wait);
