// What is drawn late or anew moves the passage, so it is brought into view again wherever it went,
// until the reader moves the page. Streamlit drops the anchor of the address when it adds the
// language: what the browser was first asked for still knows it. An anchor of another chapter asks
// the server for that one.
const { chapters, parameter, view, asked } = given;
const isFirst = !window.playbookIsOpen;
window.playbookIsOpen = true;
const opened = performance.getEntriesByType("navigation")[0];
const dropped = isFirst && opened && !location.hash ? new URL(opened.name).hash : "";
const anchor = isFirst ? (location.hash || dropped).slice(1) : "";
const openChapter = (anchor) => {
  const url = new URL(location);
  url.searchParams.delete("view");
  url.searchParams.set(parameter, anchor);
  url.hash = "";
  location.replace(url);
};
const isElsewhere = (anchor) => anchor in chapters && !document.getElementById(anchor);
if (isFirst) addEventListener("hashchange", () => {
  const anchor = location.hash.slice(1);
  if (isElsewhere(anchor)) openChapter(anchor);
});
if (anchor in chapters && chapters[anchor] !== view) return openChapter(anchor);
const id = anchor || asked;
const passage = () => document.getElementById(id);
if (!id) return;
let hasMoved = false;
for (const sign of ["wheel", "touchstart", "keydown", "pointerdown"]) {
  addEventListener(sign, () => { hasMoved = true; }, { once: true, passive: true });
}
const scroller = () => document.querySelector("[data-testid=stMain]");
const place = () => passage().getBoundingClientRect().top + scroller().scrollTop;
const show = () => {
  if (dropped && !location.hash) history.replaceState(history.state, "", dropped);
  passage().tabIndex = -1;
  passage().style.outline = "none";
  passage().focus({ preventScroll: true });
  passage().scrollIntoView();
};
let shown, at, shows = 0;  // at first again and again: Streamlit brings a new page to its top
const watching = setInterval(() => {
  const hasGoneOn = shows > 8 && ![passage(), document.body].includes(document.activeElement);
  if (hasMoved || hasGoneOn) return clearInterval(watching);
  if (!passage()) return;
  if (shows > 8 && shown === passage() && at === place()) return;
  [shown, at, shows] = [passage(), place(), shows + 1];
  show();
}, 250);
setTimeout(() => clearInterval(watching), 30000);
