const before = document.activeElement, move = {};
let shown = null, hasActed = false;
if (!given.isNews) window.lastMove = move;
const act = ({ repeat }) => { hasActed ||= !repeat; };  // a key held down led here
const heed = (sign) => addEventListener(sign, act, { capture: true, passive: true });
["pointerdown", "wheel"].forEach(heed);  // neither takes the focus from a heading
const show = () => {
  const found = document.querySelector(given.selector), focus = document.activeElement;
  const isLeftAlone = [before, found, document.body, window.focusFellTo].includes(focus);
  const isElsewhere = !given.isNews && !isLeftAlone;
  const isInUse = given.isNews && focus.tabIndex >= 0;
  const isOvertaken = !given.isNews && window.lastMove !== move;  // `found` may only look alike
  if (!found || hasActed || isElsewhere || isInUse || isOvertaken) return;
  found.tabIndex = -1; found.focus(); found.scrollIntoView({ block: given.block });
  shown = found;
  heed("keydown");
};
const showWhatIsMissing = () => shown?.isConnected || show();
for (const wait of [50, 400]) setTimeout(show, wait);
// On a slow computer the page comes later, or is drawn anew.
for (const wait of [1200, 3000, 6000]) setTimeout(showWhatIsMissing, wait);
