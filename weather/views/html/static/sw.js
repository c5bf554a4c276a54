// Serves the last page while there is no network. page.js stores it in the cache.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
  event.respondWith(fetch(event.request).catch(() => cachedPage(event.request.url)));
});

async function cachedPage(url) {
  const pages = await caches.open("pages");
  const own = await pages.match(url), page = own || (await pages.match("last"));
  if (!page) return Response.error();
  const html = (await page.text()).replace("<body", own ? "<body data-offline" : "<body data-offline=other");
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY };
  return new Response(html, { headers });
}
