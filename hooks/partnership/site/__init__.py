"""What visitors get: pages, exports, the last touch, and how a finished build takes the last one's
place. The site is put together by `pages`: there are `kinds` of them, of `views` (what a page
shows) and `blocks` (what prose asks for), with `exports` and `drawn` files beside them. How a
page is found, kept safe and sent is the matter of `search`, `policy`, `assets`, `fingerprints`
and `finish`. One build, from folder to published site, is `production`; `hosting` tells a server
of it, `publishing` brings it there, `health` looks whether it is there, `comparison` tells what
a change would do to it. Imports every room to its left and no engine.
"""
