/** Only on pages that draw figures over time. */
export const trendsStyle = `
.trends{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:1.4rem 2rem;margin:.4rem 0 1rem}
.trends li{display:flex;flex-direction:column;break-inside:avoid}
.trend{display:block;width:100%;height:auto;margin-top:auto;padding-top:.4rem;overflow:visible}
.trend path{fill:none;stroke:var(--state);stroke-width:2;stroke-linejoin:round}
.trend circle{fill:var(--state)}
.trend line{stroke:var(--line);stroke-width:1}
.trend .limit{stroke:var(--muted);stroke-dasharray:2 3}
.trend .ahead{stroke:var(--state);stroke-width:1.5;stroke-dasharray:5 4}
.trend .span{stroke:var(--state);stroke-width:5;stroke-linecap:round;opacity:.45}
.ends{display:flex;justify-content:space-between;font-size:.82rem}
.trend-table{table-layout:fixed}
.trend-table td{font-variant-numeric:tabular-nums}
.trend-table thead th{white-space:normal}
.trend-table thead th:first-child{width:32%}
@media (max-width:40rem){
.trend-table,.trend-table tbody{display:block}
.trend-table thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.trend-table tr{display:flex;flex-wrap:wrap;gap:.1rem 1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.trend-table tr>*{display:block;padding:0;border:0}
.trend-table tbody th{flex-basis:100%}
}
@media print{.trends{display:block}.trends li{max-width:11cm;margin-top:.8rem}}
`;
