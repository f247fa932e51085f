"""SpiffWorkflow: a BPMN process of six tasks whose state is stored after each; forums are rows beside it.

The library has no store of its own: its JSON is written by the bare driver, one commit for each command. The process
of the convention being told stays in memory; nothing is loaded. SQLite only: WAL, synchronous FULL.
"""

import itertools
import json
import sqlite3
import sys
from pathlib import Path
from uuid import uuid4

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from benchmarks.peers.asked import answer, telling
from benchmarks.peers.facts import MILESTONES, Fact, conventions

TABLES = """
CREATE TABLE processes (id TEXT PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE facts (id INTEGER PRIMARY KEY, process_id TEXT NOT NULL, number TEXT NOT NULL, known TEXT NOT NULL,
    UNIQUE (process_id, number));
"""


def diagram(tasks: tuple[str, ...]) -> str:
    """The process: one task after the other."""
    names = ("begin", *tasks, "end")
    flows = "".join(
        f'<sequenceFlow id="to-{after}" sourceRef="{before}" targetRef="{after}"/>'
        for before, after in itertools.pairwise(names)
    )
    shown = "".join(f'<manualTask id="{one}" name="{one}"/>' for one in tasks)
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="convention" isExecutable="true">'
        f'<startEvent id="begin"/>{shown}<endEvent id="end"/>{flows}</process></definitions>'
    )


def main() -> None:
    """Answer on the database file named by the first argument."""
    path = sys.argv[1].partition(":///")[2]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(TABLES)
    drawn = Path(path).with_suffix(".bpmn")
    drawn.write_text(diagram(("opened", *MILESTONES)), encoding="utf-8")
    parser = BpmnParser()
    parser.add_bpmn_file(str(drawn))
    process = parser.get_spec("convention")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

    def tell(facts: list[Fact]) -> int:
        workflow, process_id = BpmnWorkflow(process), uuid4().hex
        workflow.do_engine_steps()
        for kind, known in facts:
            if kind == "forum-held":
                row = (process_id, known["forum_id"], json.dumps(known))
                connection.execute("INSERT INTO facts (process_id, number, known) VALUES (?, ?, ?)", row)
                continue
            (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
            if task.task_spec.bpmn_id != kind:
                raise ValueError(kind)
            task.data[kind] = known["occurred_on"]
            task.run()
            workflow.do_engine_steps()
            connection.execute(
                "INSERT INTO processes (id, state) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
                (process_id, serializer.serialize_json(workflow)),
            )
        return len(facts)

    answer(telling(conventions, tell))


if __name__ == "__main__":
    main()
