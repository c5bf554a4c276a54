"""The page fits its window: in every language, at every width, with text of twice the size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.processes import Service
from weather.i18n.languages import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
# Those around which the layout changes, and those at which it broke once.
WIDTHS = (280, 320, 390, 640, 768, 1000, 1024, 1042, 1060, 1280, 2560)
# The page of some HTML in a frame of several widths, with text of both sizes and an opened day: how
# wide it is, what sticks out of its card or is wider than its own box (apart from what scrolls),
# and which words of a line stand on others.
_MEASURE = """async ([html, widths]) => {
    const overflowing = (document) => [...document.querySelectorAll(
        ".card, .now, .days summary, .days summary > *, .facts > div, header > *, .glance, .head"
    )].filter((element) => {
        const outer = element.closest(".card, .now, header").getBoundingClientRect();
        if (element.closest(".scroll") || element.classList.contains("unseen")) return false;
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > outer.right + 1 || box.left < outer.left - 1);
    }).map((element) => element.className + ": " + element.textContent.trim().slice(0, 40));
    const overprinted = (document) => [...document.querySelectorAll(
        ".days summary, .glance, .where, .head, header"
    )].flatMap((line) => {
        const boxes = [...line.children].map((part) => [part, part.getBoundingClientRect()])
            .filter(([part, box]) => box.width > 1 && box.height > 1);
        return boxes.flatMap(([one, a], n) => boxes.slice(n + 1).filter(([other, b]) =>
            Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
        ).map(([other]) => one.textContent.trim() + " / " + other.textContent.trim()));
    });
    const frame = document.querySelector("iframe");
    const loaded = new Promise((done) => (frame.onload = done));
    frame.srcdoc = html;
    await loaded;
    const page = frame.contentDocument, root = page.documentElement;
    page.querySelectorAll(".days details")[1].open = true;
    return [100, 200].flatMap((size) => widths.map((width) => {
        root.style.fontSize = size + "%";
        frame.width = width;
        return [size, width, root.scrollWidth, overflowing(page), overprinted(page)];
    }));
}"""
# Words of which a part stands on the next line.
_BROKEN = r"""() => {
    const broken = [], texts = document.createTreeWalker(
        document.querySelector("main"), NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode()); ) {
        const hidden = ".unseen, svg, [hidden], details:not([open]) > :not(summary)";
        if (text.parentElement.closest(hidden)) continue;
        for (const word of text.data.matchAll(/[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}]{4,}/gu)) {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const lines = [...range.getClientRects()].filter((box) => box.width > 1);
            if (new Set(lines.map((box) => Math.round(box.top / 4))).size > 1)
                broken.push(word[0]);
        }
    }
    return broken;
}"""


def wide_as(page: Page, width: int) -> int:
    """How wide the document is in a window of a width."""
    page.set_viewport_size({"width": width, "height": 800})
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.fixture(scope="module")
def frame(browser: Browser) -> Iterator[Page]:
    """A page with a frame, which is resized in less time than a window."""
    page = browser.new_page()
    page.set_content('<iframe sandbox="allow-same-origin" height="800"></iframe>')
    yield page
    page.close()


@pytest.mark.parametrize("language", [language.tag for language in LANGUAGES])
def test_the_page_fits_every_width_also_with_text_of_twice_the_size(
    frame: Page, service: Service, language: str
) -> None:
    url = f"{service.url}/Paris?lang={language}"
    html = frame.request.get(url, headers={"Accept": "text/html"}).text()
    measured = frame.evaluate(_MEASURE, [html, WIDTHS])
    assert len(measured) == 2 * len(WIDTHS)
    for size, width, wide, overflowing, overprinted in measured:
        assert wide <= width, (size, width)
        # A long word of German does not fit into 90 pixels, which is as much as a column has
        # at 280 pixels with text of twice the size.
        if (size, width) != (200, 280):
            assert overflowing == [], (size, width)
            assert overprinted == [], (size, width)


@pytest.mark.parametrize("language", ["de", "nl", "fi", "hu", "pt-BR", "ru", "el"])
def test_no_word_is_broken_in_its_middle(browser: Browser, service: Service, language: str) -> None:
    page = browser.new_page()
    page.goto(f"{service.url}/Paris?lang={language}")
    for width in (390, 1024, 1280):
        wide_as(page, width)
        assert page.evaluate(_BROKEN) == [], width
    page.close()


@pytest.mark.parametrize("query", ["hours=72", "hours=384", "hours=72&lang=ar"])
def test_longer_charts_fit_and_keep_their_labels_within(
    browser: Browser, service: Service, query: str
) -> None:
    page = browser.new_page()
    page.goto(f"{service.url}/Paris?{query}")
    for width in (320, 390, 1280):
        assert wide_as(page, width) <= width
    outside = page.evaluate("""() => {
        const frame = document.querySelector(".span").getBoundingClientRect();
        return [...document.querySelectorAll(".span text")].filter((text) => {
            const box = text.getBoundingClientRect();
            return box.left < frame.left - 1 || box.right > frame.right + 1;
        }).map((text) => text.textContent);
    }""")
    assert outside == []
    page.close()


def test_the_bars_of_all_days_have_one_scale_on_a_phone(browser: Browser, service: Service) -> None:
    page = browser.new_page()
    page.goto(f"{service.url}/Paris")
    for width in (320, 390, 1024, 1280):
        wide_as(page, width)
        boxes = page.evaluate("""() => [...document.querySelectorAll(".days .range svg")].map(
            (bar) => { const box = bar.getBoundingClientRect(); return [box.left, box.width] })""")
        assert len({(round(left), round(size)) for left, size in boxes}) == 1, width
    page.close()


@pytest.mark.parametrize("query", ["", "?lang=de", "?hours=72"])
def test_the_page_is_printed_on_two_sheets(browser: Browser, service: Service, query: str) -> None:
    page = browser.new_page()
    page.goto(f"{service.url}/Paris{query}")
    margin = {"top": "1cm", "bottom": "1cm", "left": "1cm", "right": "1cm"}
    pdf = page.pdf(format="A4", margin=margin)  # type: ignore[arg-type]
    assert pdf.count(b"/Type /Page\n") <= 2
    page.close()
