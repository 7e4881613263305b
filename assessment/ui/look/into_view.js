const before = document.activeElement;
let shown = null, hasMoved = false;
const goOn = ({ repeat }) => { hasMoved ||= !repeat; };  // a key held down led here
const listen = (sign) => addEventListener(sign, goOn, { capture: true, passive: true });
["pointerdown", "wheel"].forEach(listen);  // neither takes the focus from a heading
const move = {};  // the last one alone goes on: what an earlier one led to may look alike, and is left
if (!given.isNews) window.lastMove = move;
const show = () => {
  const found = document.querySelector(given.selector);
  const now = document.activeElement;
  const isLeft = [before, found, document.body, window.focusFellTo].includes(now);
  const hasGoneOn = given.isNews ? now.tabIndex >= 0 : !isLeft;
  const isOver = !given.isNews && window.lastMove !== move;
  if (!found || hasGoneOn || hasMoved || isOver) return;
  found.tabIndex = -1; found.focus(); found.scrollIntoView({ block: given.block });
  shown = found;
  listen("keydown");
};
for (const wait of [50, 400]) setTimeout(show, wait);
// On a slow computer the page comes later, or is drawn anew.
for (const wait of [1200, 3000, 6000]) setTimeout(() => shown?.isConnected || show(), wait);
