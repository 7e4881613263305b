// The page again, with the anchor it was first asked for, which Streamlit has dropped by now. A page
// that outlived its server has moved on since then: it stays where it is, and is told what is lost.
const [opened] = performance.getEntriesByType("navigation");
const asked = opened && new URL(opened.name);
if (asked && asked.pathname + asked.search === location.pathname + location.search)
  history.replaceState(history.state, "", asked);
window.isToldOfLoss = true;
const isLost = given.isLost || window.wouldLose?.();
const mark = window.showsUntaken?.() ? given.shown : isLost && given.lost;
if (mark) {
  const told = new URL(location.href);
  told.searchParams.set(given.parameter, mark);
  history.replaceState(history.state, "", told);
}
location.reload();
