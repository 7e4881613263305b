"""Fifty texts that would run, link or load something wherever text is taken for code."""

from __future__ import annotations

FIRE = "fired(1)"

PAYLOADS = (
    # Scripts and handlers in HTML.
    f"<script>{FIRE}</script>",
    f"<img src=x onerror={FIRE}>",
    f'"><img src=x onerror={FIRE}>',
    f"'><svg onload={FIRE}>",
    f"<svg><script>{FIRE}</script></svg>",
    f"<iframe srcdoc='<script>parent.{FIRE}</script>'>",
    f"<iframe src=javascript:parent.{FIRE}>",
    f"<details open ontoggle={FIRE}>x",
    f"<body onload={FIRE}>",
    f"<input autofocus onfocus={FIRE}>",
    f"<video><source onerror={FIRE}></video>",
    f"<math><mi xlink:href=javascript:{FIRE}>x",
    f"</title><script>{FIRE}</script>",
    f"<scr<script>ipt>{FIRE}</script>",
    f"<marquee onstart={FIRE}>x</marquee>",
    f"<object data=javascript:{FIRE}>",
    "<style>@import'http://evil.test/x'</style>",
    "<link rel=stylesheet href=//evil.test/x.css>",
    "<meta http-equiv=refresh content=0;url=//evil.test>",
    "<base href=//evil.test/>",
    "<form action=//evil.test><button>go</button></form>",
    # Links in HTML and Markdown.
    f"<a href=javascript:{FIRE}>x</a>",
    "<a href=//evil.test>x</a>",
    f"[x](javascript:{FIRE})",
    "[x](http://evil.test)",
    "[x](<http://evil.test>)",
    "[x][1] [1]: http://evil.test",
    "![x](http://evil.test/x.png)",
    "[![x](http://evil.test/x.png)](http://evil.test)",
    "<http://evil.test>",
    "http://evil.test/path?a=b&c=d",
    "https://evil.test",
    "www.evil.test",
    "mail@evil.test",
    "mailto:mail@evil.test",
    "ftp://evil.test/x",
    "xmpp:mail@evil.test",
    # Markdown and what Streamlit adds to it.
    "# **bold** _it_ ~~no~~ `code`",
    "| a | b |\\ |---|---|",
    "- one * two 1. three > four",
    ":smile: :material/delete: :red[red] :blue-badge[b]",
    "$\\href{javascript:fired(1)}{x}$",
    "$$\\url{http://evil.test}$$",
    ":streamlit: -> <- -- (c)",
    "```html <b>x</b> ```",
    # Templates, expressions, formulas.
    f"{{{{constructor.constructor('{FIRE}')()}}}}",
    "{squad} {0} {__class__} %s %(x)s",
    f"datum.constructor.constructor('{FIRE}')()",
    '=HYPERLINK("http://evil.test";"x")',
    f"&lt;script&gt;{FIRE}&lt;/script&gt; &#60;b&#62;",
)
