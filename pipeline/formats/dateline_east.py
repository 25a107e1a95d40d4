"""Datelines of agencies that write Chinese, Japanese or Korean: no spaces, no capitals, the place first or last.

新华社北京3月3日电 国务院…      【ソウル共同】韓国の…      (서울=연합뉴스) 홍길동 기자 = 정부는…
"""

import re

SHAPES = tuple(
    re.compile(shape)
    for shape in (
        (
            r"[（(]?(?P<credit>新华社|新華社|新华网|中新社|中新网|中央社|法新社|路透社|美联社)?(?P<place>[\u4e00-\u9fff]{2,7}?)"
            r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日?(?:电|電|讯|訊)[)）]?(?:[（(][^（）()]{1,40}[）)])?"
        ),
        (
            r"[（(【](?P<credit>中央社|新华社|新華社)(?:记者|記者)?[^（）()【】]{0,12}?(?P<place>[\u4e00-\u9fff]{2,4})(?P<day>\d{1,2})日"
            r"(?:专?电|專?電|訊|讯)[)）】]"
        ),
        r"[【（](?P<place>[^】）\s=]{2,10}?)[\s　=＝]?(?P<credit>共同|時事|共同通信|時事通信|AFP時事|ロイター)[】）]",
        r"[(\[](?P<place>[가-힣/·]{2,16})=(?P<credit>연합뉴스|뉴시스|뉴스1|AP|로이터)[)\]](?:\s*[가-힣·,\s]{2,24}(?:기자|특파원)\s*=)?",
    )
)


def find_eastern(text: str) -> re.Match[str] | None:
    """The dateline that a text begins with: groups place, credit and, where told, month and day."""
    if text[:1].isascii() and not re.search(r"[\u3040-\u9fff\uac00-\ud7af]", text[:24]):
        return None
    return next((found for shape in SHAPES if (found := shape.match(text))), None)
