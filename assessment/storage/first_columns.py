"""The columns of what the first framework asked, in the order in which every CSV file has them.

Names with spaces between them, which never change, whatever is asked today: what was asked later
has its columns behind them, found by name; what is asked no longer keeps its place in older files.
"""

ITEMS = """
mandates-clear rituals-decide single-channel po-sets-strategy backlog-by-requests
trade-offs-mid-sprint vision-not-restated po-explains-direction pm-writes-tickets
pm-runs-sprint discovery-squeezed questions-queue late-scope unclear-rework
"""
"""Of the core's answers."""

DEEP = """
priority-segment repositioning north-star impacts bets opportunity-order
structuring-constraints first cut postpone debt-versus-value sprint-content enough-scope
option-choice local-constraint slicing acceptance-criteria capacity-protection
risk-reduction vision-against-feasibility debt-against-value roadmap-against-capacity
what-and-how-split debt-run-as-product settled-on-impact restates-as-problems
secures-feasibility settles-locally protects-capacity frames-scope challenges-requests
documents-decisions keeps-connected seen-as-envoy seen-as-secretary everything-goes-up
product-review product-review-one-question tech-council tech-council-one-question
roadmap-sync roadmap-sync-one-question shared-cycle shared-north-star shared-capacity
shared-constraints roadmap-by-impact seat-vision seat-roadmap seat-watch seat-positioning
seat-life-cycle seat-feasibility seat-marketing seat-sales seat-investment seat-deployment
seat-people seat-company-vision days-to-arbitrate open-questions rework-share mandate-cpo
mandate-cto mandate-pm mandate-po mandate-em mandate-tl
"""
"""Of the answers to the lenses."""

ROLES = """
lead cpo cto cpto pm po em tl team
"""
"""Of the seats of a setup."""
