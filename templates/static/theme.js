// Applies the reader's stored colour scheme before the first paint.
try {
  const theme = localStorage.getItem("pb-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed: the device's scheme holds.
}
