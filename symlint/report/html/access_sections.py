"""The sections of a page that show an inventory."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.report.html.flow_index import FlowIndex
from symlint.report.html.flow_parts import flow_parts, pictures
from symlint.report.html.questions import questions
from symlint.report.html.tables import IN_TABLE, filters, grants, targets
from symlint.report.summary import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from symlint.lint.access.inventory import Inventory
    from symlint.lint.access.questions.answer import Answer
    from symlint.report.html.page import Saying

_LEGEND: Final = """\
<dl>
<dt>by condition</dt><dd>It is so where the condition that is shown holds, which stands so in the code
of the flow, with the values that Terraform gives filled in.</dd>
<dt class="unknown">not known</dt><dd>It is decided elsewhere, or when it runs; the reason is shown.
Nothing is guessed.</dd>
<dt class="broken">broken</dt><dd>The code cannot do what it is there for; the reason is shown.</dd>
<dt>concerns</dt><dd>What most reviews are about: access without a second person, requests that nobody is
told of, guests who approve, grants that are not logged, flows that cannot work.</dd>
<dt>Who approves</dt><dd>From few to many: admins of Sym; members of the Sym organization, admins among
them; everybody but guests, who need no account with Sym; everybody, guests of the Slack workspace too.</dd>
<dt>What is not known here</dt><dd>Who is in a group or a channel; what a strategy or a Lambda function of
one's own does; what Terraform reads when it runs. Admins of Sym can approve in its web app, whatever a
hook decides.</dd>
</dl>"""


def access_sections(
    inventory: Inventory,
    answers: Sequence[Answer],
    say: Saying,
    columns: Iterable[str] = (),
) -> dict[str, list[str]]:
    """Questions, targets, grants, flows and a picture."""
    flows = FlowIndex(inventory, answers, say)
    table_of_targets = targets(inventory, flows, say)
    table_of_grants = grants(inventory, flows, say, columns or IN_TABLE)
    shown = [filters(inventory, say), *table_of_grants] if table_of_grants else []
    return {
        "Questions": questions(answers, flows, say),
        "Grants": shown,
        "Targets": table_of_targets,
        "Flows": flow_parts(flows, say),
        "What leads to what": pictures(inventory, say),
        "How to read this": [_LEGEND],
    }


def summary(inventory: Inventory) -> str:
    """How much there is, and in how much doubt."""
    flows = inventory.by_flow
    number = count(sum(map(len, flows)), "grant")
    states = [cell.state for _, grant in inventory.grants for _, cell in grant.doubts]
    doubts = f"{count(states.count('unknown'), 'cell')} not known, {states.count('broken')} broken"
    return f"{number} through {count(len(flows), 'flow')}; {doubts}."
