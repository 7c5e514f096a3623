"""How contexts may be entered, and where the clock may be read. What import-linter cannot say."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OSLER = ROOT / "osler"
DOORS = {"queries", "permissions", "actions", "signals"}
BELOW_THE_INTERFACES = ("core", "requirement_sets", "adapters", "apps")
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "timezone.datetime.now",
    "time.time",
    "datetime.datetime.now",
    "datetime.date.today",
}
AUTO_CLOCKS = {"auto_now", "auto_now_add"}


def modules(*parts: str) -> Iterator[tuple[Path, ast.Module]]:
    """The modules under osler/<parts>, each parsed."""
    for path in sorted(OSLER.joinpath(*parts).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of all that a module imports to run; naming a type is no entry."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield from imported(node)
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def trespasses(path: Path, tree: ast.Module) -> list[str]:
    """Imports of another context past its doors."""
    parts = path.relative_to(OSLER).parts
    own = parts[1] if parts[0] == "apps" and len(parts) > 2 else None
    found = []
    for line, name in imported(tree):
        steps = name.split(".")
        if steps[:2] != ["osler", "apps"] or len(steps) < 4 or steps[2] == own:
            continue
        if steps[3] not in DOORS:
            found.append(f"{path.relative_to(ROOT)}:{line}: {name}")
    return found


def test_a_context_is_entered_only_through_its_doors() -> None:
    found = [line for path, tree in modules() if "conf" not in path.parts for line in trespasses(path, tree)]
    assert found == []


def test_the_check_itself_sees_a_trespass() -> None:
    tree = ast.parse(
        "from osler.apps.people.models import Person\n"
        "from osler.apps.people import queries\n"
        "if TYPE_CHECKING:\n    from osler.apps.people.models import Licence\n"
    )
    assert len(trespasses(OSLER / "web" / "x.py", tree)) == 1
    assert trespasses(OSLER / "apps" / "people" / "actions.py", tree) == []


def clock_reads(path: Path, tree: ast.Module) -> list[str]:
    """Where a module looks at the clock, also by leaving it to the database layer."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS:
            found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}")
        elif isinstance(node, ast.keyword) and node.arg in AUTO_CLOCKS:
            found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.arg}")
    return found


def test_the_moment_is_given_never_looked_up() -> None:
    found = [
        line
        for layer in BELOW_THE_INTERFACES
        for path, tree in modules(layer)
        if "migrations" not in path.parts
        for line in clock_reads(path, tree)
    ]
    assert found == []


def test_every_public_function_of_the_core_says_what_it_promises() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
        for path, tree in modules("core")
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert silent == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path, tree in modules()
        if "migrations" not in path.parts and tree.body and ast.get_docstring(tree) is None
    ]
    assert silent == []
