"""A part of a page that ran alone is heard to be done, whatever runs next."""

from __future__ import annotations

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from assessment.ui.server.finished_parts import DONE, tell_that_parts_are_done

BROKEN_OFF = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@pytest.mark.parametrize(
    ("starting", "heard"), [(["other"], DONE), (["part"], BROKEN_OFF), (None, BROKEN_OFF)]
)
def test_a_part_is_heard_to_be_done_unless_what_begins_draws_it_anew(
    starting: list[str] | None, heard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)  # put back at the end
    tell_that_parts_are_done()
    queue, finished = ForwardMsgQueue(), ForwardMsg()
    finished.script_finished = DONE
    finished.metadata.run.fragment_ids.append("part")
    queue.enqueue(finished)

    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=starting)
    assert [message.script_finished for message in queue.flush()] == [heard]
