from __future__ import annotations

import pytest

from weather.web.crawlers import is_crawler


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://x)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "CCBot/2.0 (https://commoncrawl.org/faq/)",
        "Scrapy/2.11 (+https://scrapy.org)",
        "Mozilla/5.0 (compatible; YandexImages/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 (compatible; YandexMetrika/2.0; +http://yandex.com/help)",
        "Mozilla/5.0 (compatible; Baiduspider-render/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (compatible; Bytespider; x@y.z)",
        "Mozilla/5.0 (compatible; PetalBot;+https://webmaster.petalsearch.com/site/petalbot)",
    ],
)
def test_crawlers(agent: str) -> None:
    assert is_crawler(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "curl/8.5.0",
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (Linux; Android 14; CUBOT NOTE 50) AppleWebKit/537.36 Chrome/126.0 Mobile",
        "python-requests/2.32.3",
        "Wget/1.21",
        # Apps and browsers for people, by the makers of search engines.
        "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/97.0 baiduboxapp/13.55.0.10",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) baiduboxapp/13.50 BDBrowser",
        "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 baidubrowser/7.19.13.0",
        "Mozilla/5.0 (Linux; arm_64; Android 13) Chrome/120.0 YandexSearch/23.11.1",
        "Mozilla/5.0 (Windows NT 10.0) Chrome/124.0 YaBrowser/24.6.0 Yandex/24 Safari/537.36",
    ],
)
def test_people_and_their_programs(agent: str) -> None:
    assert not is_crawler(agent)
