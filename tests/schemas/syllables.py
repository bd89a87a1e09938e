"""Words of published inventories, drawn by lot as often as they are used, with their syllables.

How many each has is what a pronouncing dictionary of English says.
"""

SYLLABLES = {
    word: int(count)
    for word, count in (
        pair.split(":")
        for pair in """
    able:2 accuracy:4 across:2 action:2 adapt:2 addressing:3 afford:2 agency:3 allocation:4
    and:1 any:2 api:3 appendix:3 applied:2 appropriate:4 approximately:5 architecture:4
    are:1 assigned:2 assist:2 associated:5 available:4 awareness:3 barrier:3 base:1 based:1
    basic:2 been:1 being:2 benchmarks:2 benefits:3 beyond:2 blogs:1 cad:1 can:1 cannot:2
    capability:5 care:1 case:1 centers:2 challenge:2 claims:1 classification:5 clients:2
    colleges:3 communications:5 community:4 complete:2 complex:2 composition:4 comprises:3
    consistent:3 constraints:2 count:1 create:2 creative:3 cultures:2 currently:3 cyber:2
    dashboard:2 data:2 dataset:3 date:1 decision:3 decisions:3 demographic:4 demonstration:4
    departmental:4 dependency:4 deploy:2 des:1 detection:3 develop:3 developed:3
    development:4 documentation:5 documented:4 does:1 easier:3 effect:2 effectiveness:4
    efficient:3 enables:3 ensuring:3 environments:4 ever:2 existing:3 expanded:3 expected:3
    experience:4 extensive:3 facilities:4 false:1 first:1 flags:1 flow:1 fluctuations:4
    for:1 forecasting:3 formats:2 from:1 functionality:5 further:2 future:2 generates:3
    geometric:4 goal:1 grant:1 grounded:2 groups:1 harnesses:3 has:1 have:1 heightened:2
    identifiable:6 identified:4 identify:4 image:2 improve:2 improves:2 including:3
    inconsistencies:5 increases:3 information:4 infrastructure:4 innovation:4 insights:2
    intended:3 intuitive:4 inventory:4 investigating:5 involvement:3 journal:2 keeping:2
    knowledge:2 large:1 learning:2 legacy:3 legal:2 les:1 limited:3 listed:2 load:1 lung:1
    machine:2 main:1 make:1 making:2 managed:2 matching:2 mathematics:4 may:1 mechanisms:4
    metrics:2 mishap:2 missing:2 model:2 models:2 more:1 much:1 multi:2 near:1 need:1 none:1
    normalized:3 not:1 obligation:4 online:2 operations:4 optimization:5 organizations:5
    other:2 outputs:2 overview:3 own:1 par:1 pass:1 pharmacy:3 ports:1 positives:3
    potential:3 potentially:4 pour:1 predictive:3 process:2 procurement:3 procuring:3
    production:3 program:2 promoting:3 prototype:3 provide:2 provides:2 providing:3
    publications:4 purchases:3 quick:1 ranked:1 readability:5 receive:2 recommendations:5
    records:2 reduced:2 regarding:3 registrant:3 regulations:4 reject:2 researchers:3
    resource:2 responses:3 review:2 reviewed:2 reviews:2 scenarios:4 science:2 service:2
    significantly:5 smear:1 socio:3 specific:3 statistical:4 sterile:2 streamline:2 such:1
    suicide:3 summarizes:4 support:2 surface:2 system:2 table:2 take:1 taken:2 taxpayers:3
    technical:3 technology:4 text:1 that:1 the:1 their:1 thematic:3
    """.split()
    )
}
