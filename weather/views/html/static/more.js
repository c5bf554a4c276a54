// Features that are loaded when the visitor begins to use the page. Each is a function, which does
// nothing on a page without its elements.
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.querySelector("link[rel=manifest]").href.replace(/[^/]*$/, "");
  const say = (text, form) => {
    const status = (form || document).querySelector("[role=status]:not(.notice)") || $("status");
    if (status) status.textContent = text;
  };
  const noted = (name) => $("status")?.dataset[name] || "";

  // The style of what is added below, which a first visit does without.
  const style = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(MORE_STYLE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };

  // Suggestions of places below a field of search.
  const combobox = (input, n) => {
    const form = input.form, list = document.createElement("ul");
    let latest = 0, timer, active = -1;
    list.id = "suggestions" + (n || "");
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0].textContent);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    form.append(list);

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
        option.id = list.id + "-" + n;
        option.setAttribute("role", "option");
        option.textContent = [place.name, region, place.country_code].filter(Boolean).join(", ");
        option.onmousedown = (event) => (event.preventDefault(), choose(option));
        list.append(option);
      });
      close();
      list.hidden = !places.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      say(places.length ? "" : noted("none"), form);
    };
    // A character of these scripts can be a name, or the greater part of one.
    const isShort = (text) =>
      [...text].length < (/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u.test(text) ? 1 : 3);
    const suggest = async () => {
      const request = ++latest, q = input.value.trim();
      if (isShort(q)) return say("", form), close();
      const options = new URLSearchParams({ q, lang: document.documentElement.lang });
      try {
        const response = await fetch(root + "api/v1/places?" + options);
        const places = response.ok && (await response.json()).places;
        // A slow response must not replace the suggestions of a newer request.
        if (request === latest && places) show(places);
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
    input.oninput = () => {
      clearTimeout(timer);
      timer = setTimeout(suggest, 250);
    };
    input.onblur = close;
    input.onkeydown = (event) => {
      // Enter also ends the composition of a word, as of Japanese.
      if (list.hidden || event.isComposing) return;
      if (event.key === "Escape") close();
      else if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(active < 0 ? 0 : -1);
      else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
      else return;
      event.preventDefault();
    };
    // Typed before this was loaded.
    if (document.activeElement === input && input.value !== input.defaultValue) suggest();
  };

  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const form = $("q")?.form, options = new URLSearchParams(form ? new FormData(form) : "");
        options.delete("q");
        // Two decimals are about a kilometre: enough for the weather, without the exact address.
        options.set("lat", coords.latitude.toFixed(2));
        options.set("lon", coords.longitude.toFixed(2));
        location = root + "?" + options;
      },
      () => say(noted("denied"))
    );
  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText($("curl").textContent);
    } catch {
      // Refused: selected, so that the visitor's keys copy it.
      return getSelection().selectAllChildren($("curl"));
    }
    button.textContent = button.dataset.done;
    say(button.dataset.done);
  };
  // The start page is of its visitor's place; what is shared is the place that is open.
  const share = () => {
    const place = document.querySelector("[name=keep],[name=forget]");
    const url = place ? root + "?" + new URLSearchParams({ q: place.value }) : location.href;
    navigator.share({ title: document.title, url }).catch(() => {});
  };
  const onClick = (id, action) => {
    const button = $(id);
    if (!button) return;
    button.onclick = () => action(button);
    if ("clicked" in button.dataset) action(button);
  };
  // The weather of favourite places, from the page that compares them: in the same units, and with
  // the same icons. Without it their links remain.
  const favourites = async (nav) => {
    if (!nav) return;
    const query = (link) => new URL(link.href).searchParams.get("q");
    const links = new Map([...nav.querySelectorAll("a:not(.strong)")].map((a) => [query(a), a]));
    const sprite = document.querySelector(".sprite");
    if (!sprite) return;
    const response = await fetch(nav.dataset.url, { headers: { Accept: "text/html" } });
    if (!response.ok) return;
    // Without its style, which the policy of this page refuses.
    const body = (await response.text()).split("</style>").pop();
    const page = new DOMParser().parseFromString(body, "text/html");
    for (const symbol of page.querySelectorAll("symbol"))
      if (!$(symbol.id)) sprite.append(document.adoptNode(symbol));
    for (const card of page.querySelectorAll(".places > section")) {
      const picture = card.querySelector(".glance .picture");
      const link = picture && links.get(query(card.querySelector("h2 a")));
      if (!link) continue;
      const temperature = card.querySelector(".temperature").firstChild.textContent.trim();
      link.append(" ", document.adoptNode(picture), `${temperature}°`);
      link.title = card.querySelector(".words b").textContent;
    }
  };
  // The words of pictures, which screen readers have, for those who point at them.
  const name = (picture) => (picture.parentElement.title ||= picture.ariaLabel);
  // The settings close as other menus do.
  const settings = (details) => {
    if (!details) return;
    addEventListener("pointerdown", (event) => {
      if (!details.contains(event.target)) details.open = false;
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      details.open = false;
      details.querySelector("summary").focus();
    });
  };

  if (document.adoptedStyleSheets) style();
  document.querySelectorAll("[type=search]").forEach(combobox);
  document.querySelectorAll("svg[aria-label]").forEach(name);
  onClick("locate", locate);
  onClick("copy", copy);
  onClick("share", share);
  settings(document.querySelector(".settings"));
  favourites(document.querySelector(".favourites")).catch(() => {});
})();

// The hour under the pointer or the finger, or the one that the arrow keys move to.
(() => {
  const area = document.querySelector(".hours .scroll");
  const chart = area && area.querySelector(".meteogram");
  if (!chart) return;
  const rtl = document.dir === "rtl", span = area.querySelector(".span");
  const rows = [...area.querySelectorAll("tr")].filter((row) => row.cells.length > 2);
  const text = (cell) => {
    const picture = cell.querySelector("[role=img]");
    const named = picture ? picture.ariaLabel || picture.title : "";
    return (named + " " + cell.textContent).trim().replace(/\s+/g, " ");
  };
  const readings = span
    ? span.dataset.readings.split("|")
    : [...rows[0].cells].slice(1).map((_, n) =>
        rows.map((row) => (text(row.cells[0]) + " " + text(row.cells[n + 1])).trim()).join(" · ")
      );
  const lefts = span ? span.dataset.lefts.split(" ").map(Number) : readings.map((_, n) => n);
  const hours = span ? Number(span.dataset.hours) : readings.length;
  const reading = document.querySelector(".reading");
  const cursor = document.createElementNS("http://www.w3.org/2000/svg", "line");
  cursor.setAttribute("class", "cursor");
  cursor.setAttribute("y2", "100%");
  let current = -1;

  const show = (n) => {
    current = Math.max(0, Math.min(readings.length - 1, n));
    const end = current + 1 < lefts.length ? lefts[current + 1] : hours;
    const share = (lefts[current] + end) / 2 / hours;
    const x = (rtl ? 1 - share : share) * 100 + "%";
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    chart.append(cursor);
    reading.textContent = readings[current];
    return share;
  };
  chart.onpointermove = chart.onpointerdown = (event) => {
    const box = chart.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const hour = (rtl ? 1 - share : share) * hours;
    show(lefts.filter((left) => left <= hour).length - 1);
  };
  area.addEventListener("keydown", (event) => {
    const ahead = rtl ? "ArrowLeft" : "ArrowRight", back = rtl ? "ArrowRight" : "ArrowLeft";
    const steps = { [ahead]: current + 1, [back]: current - 1, Home: 0, End: readings.length - 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    show(steps[event.key]);
    const box = cursor.getBoundingClientRect(), view = area.getBoundingClientRect();
    // The first column of the table, which stays, covers a part of what is scrolled.
    const covered = span ? 0 : rows[0].cells[0].offsetWidth;
    const from = view.left + (rtl ? 20 : covered + 20), to = view.right - (rtl ? covered + 20 : 20);
    if (box.left < from) area.scrollLeft -= from - box.left;
    if (box.left > to) area.scrollLeft += box.left - to;
  });
})();

// The hours of a day that is opened, from the page that its link leads to. One day is open at a time,
// and only that one has its hours on the page.
(() => {
  const days = [...document.querySelectorAll(".days details")], closed = new Map();
  const place = (day, hours) => day.querySelector("summary").after(hours);
  const fetchHours = async (day) => {
    const link = day.querySelector("a[href*='day=']");
    if (!link || link.dataset.asked) return;
    link.dataset.asked = "1";
    try {
      const response = await fetch(link.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const sprite = document.querySelector(".sprite");
      for (const symbol of page.querySelectorAll("symbol"))
        if (!document.getElementById(symbol.id)) sprite.append(document.adoptNode(symbol));
      const hours = document.adoptNode(page.querySelector("#day .scroll"));
      link.remove();
      // Closed again in the meantime.
      if (day.open) place(day, hours);
      else closed.set(day, hours);
    } catch {
      // The link remains.
    }
  };
  const close = (day) => {
    const hours = day.querySelector(".scroll");
    if (!hours) return;
    closed.set(day, hours);
    hours.remove();
  };
  const open = (day) => {
    const top = () => day.getBoundingClientRect().top, before = top();
    for (const other of days) if (other !== day) other.open = false;
    // It stays where it is while others close above it.
    scrollBy({ top: top() - before, behavior: "instant" });
    if (closed.has(day)) place(day, closed.get(day));
    else fetchHours(day);
  };
  for (const day of days) day.addEventListener("toggle", () => (day.open ? open : close)(day));
  days.filter((day) => day.open).forEach(fetchHours);
})();
