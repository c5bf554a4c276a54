// Optional features: search suggestions, geolocation, copying the curl command, and an offline
// copy of the page.
(() => {
  const html = "<!doctype html>" + document.documentElement.outerHTML;
  const $ = (id) => document.getElementById(id);
  const input = $("q"), form = input.form, list = $("suggestions"), status = $("status");
  const root = document.querySelector("link[rel=manifest]").href.replace(/[^/]*$/, "");
  let latest = 0, timer, active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    input.value = option.textContent;
    form.submit();
  };
  const show = (places) => {
    list.textContent = "";
    places.slice(0, 6).forEach((place, n) => {
      const option = document.createElement("li");
      const region = place.region === place.name ? "" : place.region;
      option.id = "suggestion" + n;
      option.setAttribute("role", "option");
      option.textContent = [place.name, region, place.country_code].filter(Boolean).join(", ");
      option.onmousedown = (event) => (event.preventDefault(), choose(option));
      list.append(option);
    });
    close();
    list.hidden = !places.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const suggest = async () => {
    const request = ++latest, q = input.value.trim();
    if (q.length < 3) return close();
    const options = new URLSearchParams({ q, lang: document.documentElement.lang });
    try {
      const response = await fetch(root + "api/v1/places?" + options);
      // A slow response must not replace the suggestions of a newer request.
      if (request === latest && response.ok) show((await response.json()).places);
    } catch {
      close();
    }
  };
  const move = (step) => {
    const options = [...list.children];
    active = (active + step + options.length) % options.length;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
  };
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", "suggestions");
  close();
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 250);
  };
  input.onblur = close;
  input.onkeydown = (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(active < 0 ? 0 : -1);
    else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
    else return;
    event.preventDefault();
  };

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
