"""How the audit's page looks: the colours of the evaluation's report, light and dark, any width."""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--ink:#23201c;--soft:#6b645b;--line:#d9d2c7;--paper:#fbf8f3;
--band:#ece6da;--one:#2f6f5e;--two:#a8471f}
@media(prefers-color-scheme:dark){:root{--ink:#eee8de;--soft:#a79f93;--line:#443f38;
--paper:#1d1a17;--band:#2e2a25;--one:#6fbfa6;--two:#e08a62}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:52rem;margin:2rem auto;padding:0 1rem}
h1,h2,h3{line-height:1.2}h1{font-size:1.7rem}h2{font-size:1.25rem;margin:2.5rem 0 .5rem}
h3{font-size:1rem;margin:0}p{margin:.35rem 0}.lead{font-size:1.1rem;max-width:44rem}
.soft{color:var(--soft);font-size:.875rem}b,.gap,.num{font-variant-numeric:tabular-nums}
article{padding:.75rem 0;border-top:1px solid var(--line)}
.head{display:flex;justify-content:space-between;gap:1rem;align-items:baseline}
.gap{font-size:1.1rem;font-weight:600;margin:0;white-space:nowrap}
.track{position:relative;height:1.25rem;margin:.35rem 0}
.track i{position:absolute;display:block}
.band{top:0;bottom:0;background:var(--band)}
.zero{top:0;bottom:0;width:1px;background:var(--soft)}
.line{top:50%;height:2px;margin-top:-1px;background:var(--one)}
.dot{top:50%;width:.7rem;height:.7rem;margin:-.35rem 0 0 -.35rem;border-radius:50%;
background:var(--one)}
.line.far{background:var(--two)}.dot.far{background:var(--two);border-radius:2px}
.axis{position:relative;height:1.2rem;color:var(--soft);font-size:.75rem;
font-variant-numeric:tabular-nums}
.axis span{position:absolute;transform:translateX(-50%);white-space:nowrap}
.axis span:first-child{transform:none}.axis span:last-child{transform:translateX(-100%)}
.small{display:grid;grid-template-columns:minmax(7rem,13rem) 1fr 6.5rem;gap:.75rem;
align-items:center;font-size:.875rem}.small .num{text-align:right}
.small .track{margin:.15rem 0}
.bar{display:grid;grid-template-columns:3.5rem 1fr 5.5rem;gap:.75rem;align-items:center}
.bar .track{background:var(--band);margin:.2rem 0}.bar .num{text-align:right}
.fill{top:0;bottom:0;left:0;background:var(--one)}
details{margin:.35rem 0}summary{cursor:pointer;padding:.25rem 0;color:var(--one)}
.flips{list-style:none;padding:0;margin:.25rem 0}
.flips li{padding:.6rem 0 .6rem .75rem;border-left:2px solid var(--line);margin:.5rem 0;
overflow-wrap:anywhere}
.what{font-weight:600}.tag{color:var(--soft);font-size:.75rem;margin-right:.25rem}
q{quotes:none;white-space:pre-line}
table{border-collapse:collapse;width:100%;margin:.75rem 0;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;
border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}td.words{overflow-wrap:anywhere}
.scroll{overflow-x:auto}.wide{min-width:40rem}
.group{margin:.5rem 0 1.25rem}.small .axis{margin:0}
@media(max-width:36rem){.small{grid-template-columns:1fr auto;row-gap:0}
.small .track,.small .axis{grid-column:1/-1;grid-row:2}.small .track{margin:.1rem 0 .4rem}}
"""
