// Features that are loaded when they are used: suggestions of places, readings of the chart, and the
// hours of a day within its details.
(() => {
  const $ = (id) => document.getElementById(id);
  const input = $("q"), form = input.form, list = $("suggestions");
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
  // Typed before this was loaded.
  if (document.activeElement === input && input.value !== input.defaultValue) suggest();
})();

// The hour under the pointer or the finger, or the one that the arrow keys move to.
(() => {
  const area = document.querySelector(".hours .scroll");
  const chart = area && area.querySelector(".meteogram");
  if (!chart) return;
  const rtl = document.dir === "rtl", span = area.querySelector(".span");
  const rows = [...area.querySelectorAll("tr")].filter((row) => row.cells.length > 2);
  const text = (cell) => cell.textContent.trim().replace(/\s+/g, " ");
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

// The hours of a day that is opened, from the page that its link leads to.
(() => {
  const fill = async (day) => {
    const link = day.open && day.querySelector("p a[href*='day=']");
    if (!link || link.dataset.asked) return;
    link.dataset.asked = "1";
    try {
      const response = await fetch(link.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const sprite = document.querySelector(".sprite");
      for (const symbol of page.querySelectorAll("symbol"))
        if (!document.getElementById(symbol.id)) sprite.append(document.adoptNode(symbol));
      const hours = page.querySelector("#day .scroll");
      day.querySelector("summary").after(document.adoptNode(hours));
      link.parentElement.remove();
    } catch {
      // The link remains.
    }
  };
  const days = [...document.querySelectorAll(".days details")];
  for (const day of days) day.addEventListener("toggle", () => fill(day));
  days.forEach(fill);
})();
