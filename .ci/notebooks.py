"""Executes notebooks, each in its own folder, with the kernel that JUPYTER_PATH has; for .ci/notebooks.

    python3 .ci/notebooks.py [--update] NOTEBOOK...

With --update the outputs are stored, without what changes from run to run or tells of the machine:
times of execution, versions, and the texts of objects of which there is a picture.
"""

import pathlib
import re
import socket
import sys
import time

import nbclient
import nbformat

LONGEST_CELL_S = 900
COLORS = re.compile(r"\x1b\[[0-9;]*m")


def execute(path):
    """Returns the executed notebook, or ends the program at the first cell that fails."""
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        timeout=LONGEST_CELL_S,
        kernel_name="java",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        return client.execute()
    except nbclient.exceptions.CellTimeoutError as error:
        sys.exit(f"FAILED: {path.name}: {error}")
    except nbclient.exceptions.CellExecutionError as error:
        failed = [
            number
            for number, cell in enumerate(notebook.cells, 1)
            for output in cell.get("outputs", [])
            if output.output_type == "error"
        ]
        sys.exit(f"FAILED: {path.name}, cell {failed}\n{COLORS.sub('', str(error))}")


def joined(outputs):
    """Returns outputs with each run of printed pieces as one."""
    result = []
    for output in outputs:
        last = result[-1] if result else {}
        if output.output_type == "stream" and output.name == last.get("name"):
            last.text += output.text
        else:
            result.append(output)
    return result


def clean(notebook):
    """Removes what the next run would change without need."""
    notebook.metadata.language_info = {"name": "java"}
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
        for output in cell.get("outputs", []):
            output.get("metadata", {}).clear()
            if "image/png" in output.get("data", {}):
                output.data.pop("text/plain", None)


def texts(notebook):
    """Yields all that a reader sees, pictures left out."""
    for cell in notebook.cells:
        yield cell.source
        for output in cell.get("outputs", []):
            yield output.get("text", "")
            yield from (str(data) for kind, data in output.get("data", {}).items() if kind != "image/png")


def require_discreet(path, notebook):
    """Ends the program if a notebook names this machine or its folders."""
    machine = re.compile(rf"\b{re.escape(socket.gethostname())}\b")
    folders = (str(pathlib.Path.cwd()), str(pathlib.Path.home()) + "/")
    for text in texts(notebook):
        if machine.search(text) or any(folder in text for folder in folders):
            sys.exit(f"FAILED: {path.name} would tell of this machine: {text}")


def main(arguments):
    update = "--update" in arguments
    for path in (pathlib.Path(name) for name in arguments if name != "--update"):
        start = time.monotonic()
        notebook = execute(path)
        cells = sum(cell.cell_type == "code" for cell in notebook.cells)
        print(f"{path.name}: {cells} cells, {time.monotonic() - start:.0f} s", flush=True)
        if update:
            clean(notebook)
            require_discreet(path, notebook)
            path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


main(sys.argv[1:])
