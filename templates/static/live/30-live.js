// Hears from `playbook serve` of every build, and shows it. An event is the whole state that concerns this page, so what
// was missed while the server or the page slept is made up for by the next one.
(() => {
  const PATIENCE = 1500;
  const { dataset } = document.currentScript;
  let { version } = dataset;
  let source, lost;
  let heard, shown; // which pictures there are, and which are in the page
  let updating = false;
  let again = false;

  const path = () => {
    try {
      return decodeURIComponent(location.pathname);
    } catch {
      return location.pathname;
    }
  };

  // A picture that was replaced has the address that it had: only a new one makes browsers look again.
  const renew = () => {
    for (const picture of shown && heard !== shown ? document.images : []) {
      const { origin, pathname } = new URL(picture.src);
      if (origin === location.origin) picture.src = `${pathname}?${heard}`;
    }
    shown = heard;
  };

  const load = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const html = await answer.text();
    if (!answer.ok) return pbLive.tell("gone");
    const next = html.match(/data-version="(\w+)"/)?.[1];
    if (answer.redirected || !pbLive.patch(html)) return location.reload();
    version = next;
    renew();
    return pbLive.tell("");
  };
  const update = async () => {
    again = updating;
    if (updating) return;
    updating = true;
    try {
      await load();
    } catch {
      // The server is gone; when it is back it says what there is.
    }
    updating = false;
    if (again) update();
  };

  const hear = ({ data }) => {
    const state = JSON.parse(data);
    pbLive.report(state);
    heard = state.pictures;
    const waiting = "waiting" in document.documentElement.dataset;
    if (waiting ? !state.failed : state.page && !version) location.reload();
    else if (!state.page && version) pbLive.tell("gone");
    else if (state.page !== version) update();
    else {
      renew();
      pbLive.tell("");
    }
  };

  const connect = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(`/-/live/events?page=${encodeURIComponent(path())}`);
    source.addEventListener("message", hear);
    source.addEventListener("open", () => {
      clearTimeout(lost);
      lost = undefined;
    });
    source.addEventListener("error", () => {
      lost ??= setTimeout(() => pbLive.tell("lost"), PATIENCE);
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, PATIENCE);
    });
  };
  // A browser has few connections for one server, and a page that nobody sees needs none.
  document.addEventListener("visibilitychange", connect);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) connect(); });
  addEventListener("pagehide", () => source?.close());
  connect();
})();
