"""What things are called in messages, and whether a name has a word in it."""

from __future__ import annotations

import pytest
from support.effort import lines_run

from symlint.sym.words import NOUNS, either, mentions, noun, quoted, shown, side_named, with_article


def test_kinds_have_the_names_of_the_documentation() -> None:
    assert {
        f"sym_{text.replace(' ', '_')}": text
        for text in (
            *("environment", "error logger", "flow", "flows filter", "integration"),
            *("log destination", "runtime", "secret", "strategy", "target"),
        )
    } | {"sym_secrets": "secrets source"} == NOUNS
    assert noun("sym_flows_filter") == "flows filter"
    assert noun("aws_iam_role") == "aws_iam_role"


AN = (
    *(
        "account",
        "AWS account",
        "API key",
        "error logger",
        "environment",
        "FTP server",
        "HTTP path",
    ),
    *("integration", "IAM connector", "LDAP", "MFA", "NAT", "okta_group", "Okta app", "RDS", "SSO"),
    *("XML text", "Identity store", "Amazon group", "Error", "A plan"),
)
A = (
    *("target", "user", "hour", "Lambda function", "GCP group", "S", "X", "URL", "Sym module"),
    *(
        "BAR",
        "CIDR",
        "DB",
        "JSON",
        "KMS key",
        "PIN",
        "QR",
        "TLS",
        "UUID",
        "VPC",
        "WAF",
        "YAML",
        "ZIP",
    ),
)


def test_articles() -> None:
    assert [with_article(it) for it in AN] == [f"an {it}" for it in AN]
    assert [with_article(it) for it in A] == [f"a {it}" for it in A]


def test_lists() -> None:
    assert either(["a"]) == "a"
    assert either(["a", "b"]) == "a or b"
    assert either(["a", "b", "c"], "and") == "a, b and c"


def test_texts_from_files() -> None:
    assert quoted("main") == '"main"'
    assert shown("one\ntwo\x1b[31m") == "one two [31m"
    assert shown("a" * 48) == "a" * 48
    assert shown("a" * 49) == "a" * 47 + "…"
    assert shown("abcdef", 5) == "abcd…"
    assert shown("abcde", 5) == "abcde"


@pytest.mark.parametrize(
    ("name", "word", "expected"),
    [
        ("role_arn", "arn", True),
        ("role-arns", "arn", True),
        ("ROLE_ARN", "Role", True),
        ("carnival", "arn", False),
        ("target", "targets", False),
        ("prod_eu_flow", "eu prod", True),
        ("prod_flow", "eu prod", False),
        ("eu_flow", "eu prod", False),
    ],
)
def test_words_of_a_name(name: str, word: str, expected: bool) -> None:
    assert mentions(name, word) is expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["iam_main", None], "here"),
        ([None, "", "iam-staging-eu"], "there"),
        (["iam", "flow"], None),
        (["main", "staging_eu"], None),
        (["staging", "eu"], None),
        ([], None),
    ],
)
def test_the_environment_that_names_mention(names: list[str | None], expected: str | None) -> None:
    assert side_named(names, "main", "staging-eu") == expected
    swapped = {"here": "there", "there": "here", None: None}
    assert side_named(names, "staging-eu", "main") == swapped[expected]


def test_of_a_long_text_only_the_beginning_is_looked_at() -> None:
    assert lines_run(lambda: shown("x\n" * 10_000)) < 1_000
    assert shown("x\n" * 10_000, 5) == "x x …"
