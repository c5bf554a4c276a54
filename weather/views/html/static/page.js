// Optional features: geolocation, copying the curl command, and an offline copy of the page;
// more.js has those that are loaded when they are used.
(() => {
  const html = "<!doctype html>" + document.documentElement.outerHTML;
  const $ = (id) => document.getElementById(id);
  const input = $("q"), form = input.form, status = $("status");
  const root = document.querySelector("link[rel=manifest]").href.replace(/[^/]*$/, "");
  // What only some visitors use is loaded when they begin to.
  const area = document.querySelector(".hours .scroll");
  const more = () => {
    if ($("more")) return;
    const script = document.createElement("script");
    script.id = "more";
    script.src = root + "static/more.js?MORE_VERSION";
    script.integrity = "MORE_HASH";
    document.head.append(script);
  };
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", "suggestions");
  input.setAttribute("aria-expanded", "false");
  input.addEventListener("focus", more);
  if (document.activeElement === input) more();
  addEventListener("toggle", (event) => event.target.closest(".days") && more(), true);
  for (const event of ["pointermove", "focus"]) area?.addEventListener(event, more);

  const locate = $("locate");
  if (navigator.geolocation && isSecureContext) {
    locate.hidden = false;
    locate.onclick = () =>
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const options = new URLSearchParams(new FormData(form));
          options.delete("q");
          // Two decimals are about a kilometre: enough for the weather, without the exact address.
          options.set("lat", coords.latitude.toFixed(2));
          options.set("lon", coords.longitude.toFixed(2));
          location = root + "?" + options;
        },
        () => (status.textContent = status.dataset.denied)
      );
  }

  const copy = $("copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.onclick = async () => {
      await navigator.clipboard.writeText($("curl").textContent);
      status.textContent = copy.textContent = copy.dataset.done;
    };
  }

  const fetched = $("fetched");
  if (!fetched || !("serviceWorker" in navigator)) return;
  if ("offline" in document.body.dataset) {
    const notice = $("offline"), minutes = (Date.now() - Date.parse(fetched.dateTime)) / 60000;
    const [unit, size] = minutes < 120 ? ["min", 1] : minutes < 2880 ? ["h", 60] : ["d", 1440];
    const age = notice.dataset[unit].replace("{count}", Math.floor(minutes / size));
    notice.textContent = notice.textContent.replace("{age}", age);
    notice.hidden = false;
    return;
  }
  addEventListener("load", async () => {
    await navigator.serviceWorker.register(root + "sw.js");
    const pages = await caches.open("pages");
    const old = await pages.keys();
    if (old.length > 20) await pages.delete(old[0]);
    for (const url of [location.href, root + "last"]) await pages.put(url, new Response(html));
  });
})();
