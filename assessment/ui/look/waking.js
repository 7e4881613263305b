clearInterval(window.whoDecidesAwake);
let awake = Date.now();
window.whoDecidesAwake = setInterval(() => {
  const slept = Date.now() - awake > given.after && !window.wouldLose();
  awake = Date.now();
  if (!slept || !given.pages.includes(location.pathname.split("/").pop())) return;
  window.isToldOfLoss = true;  // whoever comes back is not asked whether the page may load
  location.reload();
}, 1000);
