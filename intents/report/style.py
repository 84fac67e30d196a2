"""The report's look: light and dark, a phone and paper."""

STYLE = """
:root{color-scheme:light;--paper:#f6f4ee;--surface:#fffefa;--sunken:#efece3;--ink:#1c241f;
--ink-soft:#566058;--line:#dedacd;--line-strong:#7d8379;--accent:#1e5a41;--right:#2c7a57;
--wrong:#b4432e;--wrong-soft:#fffefa;--aside:#4f7f91;--band:#e1ede5;--hit:#e1ede5;
--h1:#fbe6df;--h2:#f0b8a6;--h3:#b3503b;--h4:#7d2213;--on-dark:#fff}
@media(prefers-color-scheme:dark){:root{color-scheme:dark;--paper:#131714;--surface:#1b211d;
--sunken:#0e110f;--ink:#e9ece5;--ink-soft:#a3aca4;--line:#2e3731;--line-strong:#6f7a72;
--accent:#86c9a6;--right:#6fb892;--wrong:#e88a74;--wrong-soft:#1b211d;--aside:#7fb2c3;
--band:#20362b;--hit:#20362b;--h1:#3a211b;--h2:#6b3327;--h3:#e8917c;--h4:#ffc9ba;--on-dark:#241009}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:break-word;
font:400 .9375rem/1.5 Seravek,"Segoe UI",Ubuntu,Roboto,"Noto Sans","Liberation Sans",sans-serif}
header,main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem}
main{padding-top:0}
h1{font-size:1.625rem;line-height:1.25;margin:0 0 .5rem}
h2{font-size:1.1875rem;line-height:1.25;margin:0 0 .5rem}
h3{font-size:.9375rem;margin:1.5rem 0 .5rem}
h4{font-size:.8125rem;margin:1.25rem 0 .25rem}
footer{max-width:64rem;margin:0 auto;padding:0 1rem 2rem}
p{margin:.5rem 0;max-width:66ch}
a{color:var(--accent);text-underline-offset:.2em}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.75rem 0 0;padding:0;list-style:none}
section{background:var(--surface);border:1px solid var(--line);border-radius:14px;
padding:1.25rem;margin:0 0 1rem}
.soft,figcaption{color:var(--ink-soft)}
.small,figcaption{font-size:.8125rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
.heads{display:grid;gap:1.25rem 2rem;
grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));
margin:1rem 0 0;padding:0;list-style:none}
.heads b.big{display:block;font-size:1.625rem;line-height:1.25;font-variant-numeric:tabular-nums}
.heads p{margin:.125rem 0}
.do{padding-left:1.25rem;margin:.5rem 0}
.do li{margin:.375rem 0;max-width:66ch}
.plots{display:grid;gap:1.5rem 2rem;
grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))}
figure{margin:1rem 0 0;min-width:0;max-width:25rem}
figcaption{margin-top:.375rem;max-width:60ch}
svg.plot{display:block;width:100%;height:auto}
svg text{fill:var(--ink-soft);font-size:12px}
svg text.strong{fill:var(--ink);font-weight:600}
svg text.tiny{font-size:10.5px}
.ground{fill:var(--paper)}
.axis{stroke:var(--line)}
.ideal{stroke:var(--line-strong);stroke-dasharray:4 4}
.band{fill:var(--band)}
.curve{fill:none;stroke:var(--right);stroke-width:2.25;stroke-linejoin:round}
.dot{fill:var(--right)}
.span{stroke:var(--line-strong);stroke-width:3}
.count{fill:var(--line-strong)}
.here{fill:var(--surface);stroke:var(--ink);stroke-width:2.5}
.limit{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:2 3}
.right{fill:var(--right)}
.wrong{fill:url(#hatch)}
.hatched{fill:var(--wrong-soft)}
.hatching{stroke:var(--wrong);stroke-width:7}
.out_of_scope,.none{fill:var(--surface);stroke:var(--aside);stroke-width:1.5;
vector-effect:non-scaling-stroke}
svg.parts{display:block;width:100%;height:.875rem;margin:.375rem 0}
.slice{white-space:nowrap}
.shares{display:inline-grid;grid-template-columns:4rem 6rem 3.5rem;gap:.5rem;align-items:center}
svg.share{width:6rem;height:.75rem}
svg.key{width:.875rem;height:.875rem;vertical-align:-.1rem;margin-right:.25rem}
.keys{display:flex;flex-wrap:wrap;gap:.125rem 1rem;margin:.375rem 0 0;padding:0;list-style:none;
font-size:.8125rem}
.scroll{overflow-x:auto;margin:.75rem 0;border-radius:8px}
.scroll:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;min-width:100%;font-size:.8125rem}
th,td{text-align:left;padding:.3125rem .625rem;border-bottom:1px solid var(--line);
vertical-align:middle;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
thead th{color:var(--ink-soft);font-weight:400;white-space:nowrap}
tbody th{font-weight:600;min-width:6rem;position:sticky;left:0;background:var(--surface)}
.n{text-align:right;white-space:nowrap}
.tall{max-height:40rem;overflow:auto;border:1px solid var(--line)}
.heat{min-width:0;border-collapse:separate;border-spacing:0}
.heat th,.heat td{border:0;padding:0}
.heat td{width:1.625rem;min-width:1.625rem;height:1.625rem;text-align:center;font-size:.75rem;
border-right:1px solid var(--line);border-bottom:1px solid var(--line)}
.heat thead th{position:sticky;top:0;z-index:1;background:var(--surface);vertical-align:bottom;
color:var(--ink)}
.heat thead span{writing-mode:vertical-rl;transform:rotate(180deg);display:inline-block;
max-height:13rem;padding:.25rem 0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.heat tbody th{position:sticky;left:0;background:var(--surface);padding:0 .5rem 0 .25rem;
font-weight:400;min-width:7rem;max-width:9rem;line-height:1.15;border-right:1px solid var(--line);
border-bottom:1px solid var(--line)}
.heat thead th.corner{left:0;z-index:2;min-width:7rem;max-width:9rem;padding:.25rem;
color:var(--ink-soft);white-space:normal}
.hit{background:var(--hit)}
.heat1{background:var(--h1)}.heat2{background:var(--h2)}
.heat3{background:var(--h3);color:var(--on-dark)}.heat4{background:var(--h4);color:var(--on-dark)}
.said{padding:0;margin:.75rem 0;list-style:none;display:grid;gap:.75rem;
grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr))}
.said li{border-left:3px solid var(--line-strong);padding-left:.75rem;min-width:0}
.said blockquote{margin:0}
.said p{margin:.125rem 0 0;color:var(--ink-soft);font-size:.8125rem}
.said b{color:var(--ink);font-weight:600}
@media(max-width:30rem){section{padding:1rem .75rem;border-radius:10px}
header,main{padding:1rem .5rem}
main{padding-top:0}.shares{grid-template-columns:2.75rem 3rem;gap:.25rem}svg.share{display:none}
th,td{padding:.3125rem .375rem}
.heat tbody th,.heat thead th.corner{min-width:6rem;max-width:6.5rem}}
@media print{:root{--paper:#fff;--surface:#fff}header,main{max-width:none;padding:0}
section{border:0;padding:0;margin:0 0 1.5rem}nav{display:none}
.scroll{overflow:visible;max-height:none;border:0}h2,h3{break-after:avoid}
figure,li,tr{break-inside:avoid}.heat{font-size:5.5pt}
.heat td{width:.85rem;min-width:.85rem;height:.85rem;font-size:5.5pt}
.heat tbody th,.heat thead th.corner{min-width:5.5rem;padding:0 .125rem}
th,td{padding:.2rem .2rem}th{letter-spacing:0;font-size:7.5pt}svg.share{display:none}
.slice{white-space:normal}.slice .soft{display:block;font-size:7.5pt}
.shares{grid-template-columns:2.75rem 3rem;gap:.25rem}
.heat thead th,.heat tbody th{position:static}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""
