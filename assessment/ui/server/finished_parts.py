"""Parts of a page that run alone: each is heard to be done, also where another one runs next.

Streamlit would have the browser hear that the first was broken off, if that is still to be told as
the second begins. What a part no longer shows then stays on the page, below what it shows by now.
"""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

DONE = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY


def tell_that_parts_are_done() -> None:
    """Have the next run of another part leave to be told what is."""
    clear = ForwardMsgQueue.clear

    def clear_but_what_is_done(
        queue: ForwardMsgQueue,
        retain_lifecycle_msgs: bool = False,
        fragment_ids_this_run: list[str] | None = None,
    ) -> None:
        starting = fragment_ids_this_run or ()
        done = [
            message
            for message in queue._queue
            if starting
            and message.WhichOneof("type") == "script_finished"
            and message.script_finished == DONE
            and not {*starting} & {*message.metadata.run.fragment_ids}
        ]
        clear(queue, retain_lifecycle_msgs, fragment_ids_this_run)
        for message in done:
            message.script_finished = DONE

    ForwardMsgQueue.clear = clear_but_what_is_done  # type: ignore[assignment, method-assign]
