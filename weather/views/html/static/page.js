// What every visit needs: the buttons of what the browser can do, and a copy of the page to read
// offline. more.js has what they do, and is loaded when the visitor begins to use the page.
(() => {
  const html = "<!doctype html>" + document.documentElement.outerHTML;
  const $ = (id) => document.getElementById(id);
  const root = document.querySelector("link[rel=manifest]").href.replace(/[^/]*$/, "");

  const more = () => {
    if ($("more")) return;
    const script = document.createElement("script");
    script.id = "more";
    script.src = root + "static/more.js?MORE_VERSION";
    script.integrity = "MORE_HASH";
    document.head.append(script);
  };
  const begin = () => {
    for (const event of ["pointermove", "pointerdown", "focusin", "toggle"])
      addEventListener(event, more, true);
    if (document.activeElement !== document.body || document.querySelector(".favourites")) more();
  };
  const fields = () => {
    for (const field of document.querySelectorAll("[type=search]")) {
      field.role = "combobox";
      field.ariaExpanded = "false";
    }
  };
  const button = (id, isPossible) => {
    const element = $(id);
    if (!element || !isPossible) return;
    element.hidden = false;
    // Clicked before more.js is there, which then does it.
    element.onclick = () => (element.dataset.clicked = "");
  };
  const offline = (fetched, state) => {
    const notice = $("offline"), minutes = (Date.now() - Date.parse(fetched.dateTime)) / 60000;
    const [unit, size] = minutes < 120 ? ["min", 1] : minutes < 2880 ? ["h", 60] : ["d", 1440];
    const age = notice.dataset[unit].replace("{count}", Math.floor(minutes / size));
    // Another page was requested than the one that is here.
    if (state) notice.textContent += notice.dataset.other;
    notice.textContent = notice.textContent.replace("{age}", age);
    notice.hidden = false;
  };
  const store = async () => {
    await navigator.serviceWorker.register(root + "sw.js");
    const pages = await caches.open("pages");
    const old = await pages.keys();
    if (old.length > 20) await pages.delete(old[0]);
    for (const url of [location.href, root + "last"]) await pages.put(url, new Response(html));
  };

  fields();
  begin();
  button("locate", navigator.geolocation && isSecureContext);
  button("copy", navigator.clipboard);
  button("share", navigator.share);
  const fetched = $("fetched"), state = document.body.dataset.offline;
  if (fetched && state != null) offline(fetched, state);
  else if (fetched && navigator.serviceWorker) addEventListener("load", store);
})();
