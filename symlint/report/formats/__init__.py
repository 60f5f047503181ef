"""The output formats by name. Each is imported when it is used, for most runs use one."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from symlint.lint.report import Report
    from symlint.report.options import RenderOptions

FORMATS: Final = {
    "text": "for people: source, carets, consequence and advice",
    "concise": "one line per finding",
    "json": "everything, for programs",
    "github": "GitHub Actions annotations",
    "sarif": "SARIF 2.1.0, for code scanning",
    "junit": "JUnit XML, for test reports",
    "checkstyle": "Checkstyle XML, for Jenkins and reviewers' bots",
    "gitlab": "GitLab code quality",
    "markdown": "a pull-request comment",
    "html": "one page: findings, who can get what, and what leads to what",
}
"""Format names, each with what it is for."""


def render(format_name: str, report: Report, options: RenderOptions) -> str:
    """``report`` in one format, without secrets; the text ends with a line end or is empty.

    Raises KeyError for a name that is not in ``FORMATS``.
    """
    if format_name not in FORMATS:
        raise KeyError(format_name)
    from importlib import import_module

    from symlint.lint.hiding.showing import shown

    rendered = import_module(f"{__name__}.{format_name}").render(shown(report), options)
    assert isinstance(rendered, str)
    return rendered
