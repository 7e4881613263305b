// Pictures that come late move what stands below them, so the passage is brought into view again,
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
const show = () => {
  if (hasMoved || !passage()) return;
  if (dropped && !location.hash) history.replaceState(history.state, "", dropped);
  passage().tabIndex = -1;
  passage().style.outline = "none";
  passage().focus({ preventScroll: true });
  passage().scrollIntoView();
};
const waiting = setInterval(() => {
  if (!passage()) return;
  clearInterval(waiting);
  for (const wait of [0, 300, 1000, 2000]) setTimeout(show, wait);
}, 50);
setTimeout(() => clearInterval(waiting), 15000);
