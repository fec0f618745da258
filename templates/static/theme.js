// Before the first paint: the reader's stored colour scheme; the date of the build steps back, because
// the states of reviews are worked out for today, and comes forward again if that did not happen.
try {
  const theme = localStorage.getItem("pb-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed: the device's scheme holds.
}
document.documentElement.dataset.live = "";
addEventListener("load", () => {
  const { dataset } = document.documentElement;
  if (!dataset.today) delete dataset.live;
});
