// Serves the last page while there is no network. page.js stores it in the cache.
oninstall = () => skipWaiting();
onactivate = (event) => event.waitUntil(clients.claim());
onfetch = (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET")
    event.respondWith(fetch(request).catch(() => cachedPage(request.url)));
};

const cachedPage = async (url) => {
  const pages = await caches.open("pages"), own = await pages.match(url);
  const page = own || (await pages.match("last"));
  if (!page) return Response.error();
  const html = (await page.text()).replace("<body", `<body data-offline${own ? "" : "=other"}`);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY };
  return new Response(html, { headers });
};
